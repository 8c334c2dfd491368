/** The recorder's command line; anything not understood ends it with a sentence. */
import { parseArgs } from 'node:util';

export interface RecorderArguments {
  /** `CHAPTER` or `CHAPTER/ID` of a cell or an exercise; none means all chapters. */
  readonly targets: readonly string[];
  readonly check: boolean;
  /** With `check`: also what is known to pass. */
  readonly all: boolean;
  readonly stale: boolean;
  readonly native: boolean;
  /** What native CPython prints for live cells, in place of what the page's Python does. */
  readonly reference: boolean;
}

export const usage = `npm run record -- [CHAPTER[/ID] ...] [--stale] [--native] [--reference] [--check [--all]]

Runs cells and writes what they print to content/NN-slug/snapshots/; judges exercises and writes to content/NN-slug/verdicts/
that their solutions, starters and wrong answers end as they should. CHAPTER is a folder of content/ or its slug.

  --stale    only cells and exercises whose snapshot or verdict is missing, broken or older than their code
  --native   only cells with native=; they need NATIVE_PYTHON="COMMAND", for example NATIVE_PYTHON=python3.14
  --reference  what native CPython prints for live cells that use asyncio, gevent, trio or AnyIO, into
             content/NN-slug/reference/VERSION/; needs NATIVE_PYTHON, first of 3.14, then of 3.15 for what is new there
  --check    write nothing: run again, compare by each cell's rule, fail on any difference; what passed before is run
             again when it, what it continues, its snapshot or the runtime has changed, or when it is named
  --all      with --check: run everything again, as CI does (CI=true)`;

export const asksForHelp = (words: readonly string[]): boolean =>
  words.some((word) => word === '--help' || word === '-h');

export function readArguments(words: readonly string[]): RecorderArguments | { readonly fault: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        check: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        stale: { type: 'boolean', default: false },
        native: { type: 'boolean', default: false },
        reference: { type: 'boolean', default: false },
      },
    });
    if (values.check && values.stale) {
      return { fault: '--check compares all that is recorded, --stale records what is not: use one of them.' };
    }
    if (values.reference && (values.stale || values.native || values.all))
      return { fault: '--reference is for all live cells that it concerns: use it alone or with --check.' };
    if (values.all && !values.check) return { fault: '--all is for --check, which leaves out what is known to pass.' };
    return { ...values, targets: positionals.map((target) => target.replace(/^content\//, '').replace(/\/$/, '')) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
