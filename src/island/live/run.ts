/**
 * Runs one cell and shows it. The recorded output stays until the program itself has something to show or has ended.
 *
 * Invariant: whatever happens, the buttons come back and `running` settles.
 */
import type { Fault } from '../../protocol/fault.ts';
import { fileNameOf } from '../../protocol/file-name.ts';
import type { RunEnd } from '../../session/contract.ts';
import { announce } from '../say.ts';
import type { LiveCell } from './cell.ts';
import { clearNotice, showNotice } from './notice.ts';
import { OutputView } from './output-view.ts';
import { session } from './python.ts';
import { stopReplay } from './replay.ts';
import { seconds, StateLine } from './state-line.ts';

/** Run becomes Stop, and focus goes along. */
function toggleButtons(target: LiveCell, running: boolean): void {
  const run = target.button('run');
  const stop = target.button('stop');
  if (!run || !stop) return;
  const [from, to] = running ? [run, stop] : [stop, run];
  const focused = document.activeElement === from;
  from.hidden = true;
  to.hidden = false;
  if (focused) to.focus({ preventScroll: true });
  for (const action of ['reset', 'replay']) {
    const button = target.button(action);
    if (button) button.hidden = running || (action === 'reset') === (target.text === undefined);
  }
}

/** True when the run ended as the author of the cell expects. */
function wentWell(target: LiveCell, end: RunEnd): boolean {
  if (end.outcome === 'fault' || end.outcome === 'interrupted') return false;
  return end.outcome === 'ok' || target.cell.options.expectError;
}

function outcomeWords(end: Exclude<RunEnd, { outcome: 'fault' }>): string {
  const time = seconds(end.duration);
  switch (end.outcome) {
    case 'ok':
      return `Live, ${time}`;
    case 'error':
      return `Live, ended with an error after ${time}`;
    case 'exited':
      return `Live, exited after ${time}`;
    case 'interrupted':
      return `Live, interrupted after ${time}`;
    default:
      return end.outcome satisfies never;
  }
}

async function execute(target: LiveCell): Promise<boolean> {
  const { element, cell } = target;
  stopReplay(target);
  clearNotice(element);
  const state = new StateLine(element, 'Running');
  toggleButtons(target, true);
  let view: OutputView | undefined;
  // A stop while Python loads must find the cell not yet started.
  const waits = session.subscribe(({ phase }) => {
    if (phase === 'ready') state.run();
  });
  if (session.state.phase === 'ready') state.run();
  const { mode, clock } = cell.options;
  const request = {
    mode,
    clock,
    source: cell.source,
    filename: fileNameOf(cell),
    namespace: target.chapter,
    argv: [],
  };
  const end = await session.run(request, (events) => {
    view ??= new OutputView(target.output);
    view.push(events);
  });
  waits();
  if (end.outcome === 'fault') {
    view?.end();
    if (view) target.provenance = 'Live, not finished';
    showNotice(element, end.fault, end.fault.kind === 'unsupported' ? undefined : () => void run(target));
    announce(`${target.name}: ${end.fault.what}`);
  } else {
    view ??= new OutputView(target.output);
    view.end();
    target.markRun();
    target.provenance = outcomeWords(end);
    announce(`${target.name}: ${outcomeWords(end)}`);
  }
  if (view) target.text = view.output.text;
  state.end(end.outcome === 'fault' && end.fault.kind !== 'interrupted' ? 'failed' : 'done');
  toggleButtons(target, false);
  return wentWell(target, end);
}

function notRun(name: string): Fault {
  return {
    kind: 'interrupted',
    what: 'Not run.',
    why: `It continues “${name}”, which did not come to its end.`,
    mend: 'Run that one first.',
  };
}

/** Runs what `target` continues, as far as it has not run in this interpreter, then `target`. */
export async function run(target: LiveCell): Promise<boolean> {
  if (target.running) return target.running;
  target.running = (async () => {
    const { before } = target;
    if (before && !before.hasRun && !(await run(before))) {
      showNotice(target.element, notRun(before.name));
      return false;
    }
    return execute(target);
  })();
  try {
    return await target.running;
  } finally {
    target.running = undefined;
  }
}

/** In order; ends at the first that does not go as its author expects. */
export async function runInOrder(cells: readonly LiveCell[]): Promise<void> {
  for (const cell of cells) {
    if (!(await run(cell))) {
      cell.element.scrollIntoView({ block: 'nearest' });
      return;
    }
  }
}
