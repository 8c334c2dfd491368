/** What is asked of a process that runs code: a cell of a notebook or a program, two types told apart by `mode`. */
import * as v from 'valibot';
import type { Cell, NetworkConditions } from './cell.ts';
import type { CheckRequest } from './check.ts';
import { fileNameOf } from './file-name.ts';
import type { Data } from './schema.ts';

interface AnyRun {
  readonly source: string;
  /** File name in tracebacks: the cell's `name`, else `cell-id`. */
  readonly filename: string;
  /** Sleeps and clocks run this many times as fast; 1 is real time. */
  readonly clock: number;
  /** Absent: the network is perfect. */
  readonly net?: NetworkConditions;
  /** A line that a process prints which the run has started begins with that process's number: `[43] `. */
  readonly labels?: true;
  /**
   * What standard input is. `terminal`: a terminal; whoever answers the request for a line does not show it, so the kernel
   * echoes it into the output. `echoed`: a terminal that has already shown what was typed. `pipe`: no terminal; nothing is
   * echoed, and `isatty` is false. Without this field it is `terminal`.
   */
  readonly input?: 'terminal' | 'echoed' | 'pipe';
  /** Distributions that it is known to import: they are loaded before it begins. What is not named is loaded at its import. */
  readonly packages?: readonly string[];
  /** Whether what its threads do is recorded, and told by `cell.timeline`. */
  readonly timeline?: boolean;
  /** Whether the files that it has made or changed in the folder of programs are told at its end, by `cell.files`. */
  readonly files?: boolean;
}

/** A cell, run in the interpreter that all notebook cells of the page share. */
export interface NotebookRun extends AnyRun {
  readonly mode: 'notebook';
  /** The cells of one namespace see each other's names. */
  readonly namespace: string;
}

/** A program, run as `__main__` in an interpreter of its own. */
export interface ProgramRun extends AnyRun {
  readonly mode: 'script';
  /** `sys.argv` without the program's own name. */
  readonly argv: readonly string[];
  /**
   * The name of a schedule: its threads take turns as that says, in virtual time. It reads no input, starts no process and
   * imports no package.
   */
  readonly schedule?: string;
  /** What is checked after the program's own code has run; each check is told by `check` events. */
  readonly checks?: CheckRequest;
}

export type RunRequest = NotebookRun | ProgramRun;

/** What runs a cell; `source` is the author's or what a reader made of it. */
export function runOf(cell: Cell, source: string, namespace: string): RunRequest {
  const { mode, clock, net, labels, timeline, packages, schedule } = cell.options;
  const any = {
    source,
    filename: fileNameOf(cell),
    clock,
    ...(net && { net }),
    ...(labels && { labels }),
    ...(timeline && { timeline }),
    ...(packages.length > 0 && { packages }),
  };
  return mode === 'notebook'
    ? { mode, ...any, namespace }
    : { mode, ...any, argv: [], ...(schedule !== undefined && { schedule }) };
}

/** A program whose checks are told to whoever asked for it. */
export type CheckedRun = ProgramRun & { readonly checks: CheckRequest };

export const outcomeSchema = v.picklist(['ok', 'error', 'interrupted', 'deadlock', 'exited']);

/**
 * How a run ended. The exception behind `error`, `interrupted` and `deadlock` is told by an `error` event, the exit code by
 * an `exit` event. `exited` means SystemExit, `os._exit` or a signal's default action. A notebook keeps every name after
 * each of them; the interpreter of a program is ended with it.
 */
export type RunOutcome = Data<typeof outcomeSchema>;
