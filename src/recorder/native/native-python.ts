/** Runs cells with a native interpreter that may be in another root: all that it needs goes through its standard input. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { Cell } from '../../protocol/cell.ts';
import { fileNameOf } from '../../protocol/file-name.ts';
import type { CellRun, Runner } from '../runner.ts';
import { collect } from './collect.ts';
import { readMessage } from './messages.ts';
import type { RunnerMessage } from './messages.ts';

const ours = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Seconds that the interpreter has to start and to clean up, beside the cell's own timeout. */
const grace = 20;

interface Request {
  readonly tools: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly program: string;
  /** The program is one of `tools`, and reports its start itself. */
  readonly inTools: boolean;
  readonly timeout: number;
}

function request(chain: readonly Cell[]): Request {
  const cell = chain.at(-1);
  if (cell === undefined) throw new TypeError('a chain without cells');
  const tools = { 'sitecustomize.py': ours('sitecustomize.py') };
  const { mode, timeout } = cell.options;
  if (mode === 'script') {
    const program = cell.options.name ?? `${cell.id}.py`;
    return { tools, files: { [program]: cell.source }, program, inTools: false, timeout };
  }
  const cells = chain.map((one) => ({ source: one.source, filename: fileNameOf(one) }));
  const notebook = { 'notebook.py': ours('notebook.py'), 'cells.json': JSON.stringify(cells) };
  return { tools: { ...tools, ...notebook }, files: {}, program: 'notebook.py', inTools: true, timeout };
}

export class NativePython implements Runner {
  readonly #command: readonly string[];

  /** `command` is a program and its arguments between spaces: `python3`, `chroot /opt/sid python3`. */
  constructor(command: string) {
    this.#command = command.trim().split(/\s+/);
  }

  /** Rejects when the interpreter cannot be started or breaks; the program's own end is in the result. */
  async run(_chapter: string, chain: readonly Cell[]): Promise<CellRun> {
    const asked = request(chain);
    const [program = '', ...words] = this.#command;
    const child = spawn(program, [...words, '-c', ours('runner.py')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: (asked.timeout + grace) * 1000,
      killSignal: 'SIGKILL',
    });
    const ended = new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => {
        resolve();
      });
    });
    // Awaited below; when reading fails first, that is the error to tell.
    ended.catch(() => undefined);
    // A program that is not there closes its input at once; `ended` tells that better.
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(asked));
    const complaint = text(child.stderr);
    const messages: RunnerMessage[] = [];
    try {
      for await (const line of createInterface({ input: child.stdout })) messages.push(readMessage(line));
      await ended;
      return collect(messages, { script: !asked.inTools, timeoutSeconds: asked.timeout });
    } catch (error) {
      const said = (await complaint.catch(() => '')).trim();
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        `NATIVE_PYTHON="${this.#command.join(' ')}" cannot run a cell: ${why}${said === '' ? '' : `\n${said}`}`,
        { cause: error },
      );
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
