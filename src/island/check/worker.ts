/** Checks Python with ruff, in a worker of its own: a text that keeps ruff busy keeps no page busy. */
import { initSync, PositionEncoding, Workspace, type Diagnostic } from '@astral-sh/ruff-wasm-web';
import type { FromChecker, Remark, ToChecker } from './contract.ts';

/** Mistakes, not taste; ASYNC and RUF006 are about what this course teaches. */
const rules = ['E7', 'E9', 'F', 'B', 'PLE', 'ASYNC', 'RUF006'];
/** An import or name for a later cell, a value that is shown, `await` without a function: all that a notebook is for. */
const notebookIgnores = ['F401', 'F704', 'B018', 'PLE1142'];
const most = 200;

let workspaces: { readonly script: Workspace; readonly notebook: Workspace } | undefined;

function workspace(ignore: readonly string[]): Workspace {
  return new Workspace({ 'target-version': 'py314', lint: { select: rules, ignore } }, PositionEncoding.Utf16);
}

function say(message: FromChecker): void {
  self.postMessage(message);
}

function remarkOf({ code, message, start_location, end_location }: Diagnostic): Remark {
  return {
    from: start_location,
    to: end_location,
    code: code !== null && /^[A-Z]+\d+$/.test(code) ? code : '',
    message,
  };
}

self.onmessage = ({ data }: MessageEvent<ToChecker>) => {
  if (data.type === 'checker.load') {
    initSync({ module: new WebAssembly.Module(data.ruff) });
    workspaces = { script: workspace([]), notebook: workspace(notebookIgnores) };
    say({ type: 'checker.ready' });
    return;
  }
  const found = workspaces?.[data.notebook ? 'notebook' : 'script'].check(data.source) as Diagnostic[] | undefined;
  say({ type: 'checker.checked', request: data.request, remarks: (found ?? []).slice(0, most).map(remarkOf) });
};
