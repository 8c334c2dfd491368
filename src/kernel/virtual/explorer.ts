/**
 * Serves one search for a schedule, or one replay, in an interpreter whose time is virtual.
 *
 * Invariant: it answers once. But for the length of a search, which real time limits, the answer follows from what is asked.
 */
import type { ExplorationAnswer, ExplorationAsked, ExplorationProgress, Replayed } from '../../protocol/exploration.ts';
import { openExplorer, type ExplorerSources } from './open-explorer.ts';
import type { VirtualInterpreter, VirtualOptions } from './over-python.ts';

type Printed = Replayed['printed'][number];

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
  /** Of the run under way, then of the last one. */
  let pieces: Printed[] = [];
  let last: { readonly printed: readonly Printed[]; readonly duration: number } = { printed: [], duration: 0 };
  let begun = 0;
  const elapsed = (): number => Math.max(0, time.now() - begun) / 1000;
  const { python, time, begin } = await boot({
    // No slice is ever over: threads change places where the search says.
    slices: () => ({ begin: () => undefined, over: () => false }),
    write: (stream, text) => {
      printed[stream] += text;
      const before = pieces.at(-1);
      if (before?.stream === stream) pieces[pieces.length - 1] = { ...before, text: before.text + text };
      else pieces.push({ stream, at: elapsed(), text });
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
      last = { printed: pieces, duration: elapsed() };
      pieces = [];
      return [stdout, stderr];
    },
    pass_time: (milliseconds: number) => {
      time.pass(milliseconds);
    },
    /** Each run begins at the same time. */
    restart: () => {
      time.restart();
      begun = time.now();
    },
    real_seconds: realSeconds,
    progress: (json: string) => {
      progress(JSON.parse(json) as ExplorationProgress);
    },
    finished: (json: string) => {
      const told = JSON.parse(json) as ExplorationAnswer;
      answer(told.kind === 'replayed' ? { ...told, ...last } : told);
    },
  };
  openExplorer(python, sources);
  begin('open_search', JSON.stringify(asked), outside);
}
