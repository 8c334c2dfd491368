/**
 * Serves one search for a schedule, or one replay, in an interpreter whose time is virtual.
 *
 * Invariant: it answers once. But for the length of a search, which real time limits, the answer follows from what is asked.
 */
import type { ExplorationAnswer, ExplorationAsked, ExplorationProgress } from '../../protocol/exploration.ts';
import type { VirtualInterpreter, VirtualOptions } from './over-python.ts';

/** The Python of src/explore/python, as texts. */
export interface ExplorerSources {
  /** The files of the package `explorer`, by their names in it. */
  readonly explorer: Readonly<Record<string, string>>;
  /** load.py, which makes modules of them. */
  readonly loader: string;
}

interface Served {
  readonly asked: ExplorationAsked;
  readonly sources: ExplorerSources;
  /** Of the real clock. */
  readonly realSeconds: () => number;
  readonly progress: (progress: ExplorationProgress) => void;
  readonly answer: (answer: ExplorationAnswer) => void;
}

/** `boot` makes the interpreter with the options that it is given. */
export async function serveExploration(
  { asked, sources, realSeconds, progress, answer }: Served,
  boot: (options: VirtualOptions) => Promise<VirtualInterpreter>,
): Promise<void> {
  const printed = { stdout: '', stderr: '' };
  const { python, time, begin } = await boot({
    // No slice is ever over: threads change places where the search says.
    slices: () => ({ begin: () => undefined, over: () => false }),
    write: (stream, text) => {
      printed[stream] += text;
    },
    refused: (why) => {
      answer({ kind: 'refused', why, python: '' });
    },
    failed: (reason) => {
      answer({ kind: 'died', why: String(reason), python: '' });
    },
  });
  const outside = {
    printed: () => {
      const { stdout, stderr } = printed;
      printed.stdout = printed.stderr = '';
      return [stdout, stderr];
    },
    pass_time: (milliseconds: number) => {
      time.pass(milliseconds);
    },
    /** Each run begins at the same time. */
    restart: () => {
      time.restart();
    },
    real_seconds: realSeconds,
    progress: (json: string) => {
      progress(JSON.parse(json) as ExplorationProgress);
    },
    finished: (json: string) => {
      answer(JSON.parse(json) as ExplorationAnswer);
    },
  };
  const globals = python.globals as unknown as { set(name: string, value: unknown): void };
  globals.set('sources', JSON.stringify(sources.explorer));
  python.runPython(sources.loader, { filename: 'load.py' });
  begin('open_search', JSON.stringify(asked), outside);
}
