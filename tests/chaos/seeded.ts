/**
 * Plays rounds of chaos whose seeds fix the schedule as well as the programs: in Node, on the machine of tests/python.
 * Invariant: what comes of it follows from `seed` and `rounds` alone, so the command that is told repeats a failure.
 */
import type { Ending } from '../python/support/order.ts';
import { runSchedules } from '../python/support/schedules.ts';
import { chaosModules, readChaos } from './modules.ts';

/** Rounds of one interpreter. A failure is repeated from the first of them, because CPython learns from each. */
const batch = 25;
/** Places where a slice may end: a round that hangs reaches its own deadline before. */
const patience = 20_000_000;

/** Milliseconds for a batch, which takes some seconds: a kernel that hangs reaches it. */
const limit = 300_000;

interface Asked {
  readonly seed: number;
  readonly rounds: number;
  readonly seconds: number;
  /** Every switch of the last round is told. */
  readonly trace?: boolean;
  /** Python that is run after the programs' own: for tests, which break the kernel on purpose. */
  readonly broken?: string;
}

export interface PlayedSeeded {
  readonly rounds: number;
  /** Every switch of every round, as one number. */
  readonly digest: string;
  readonly trouble: string;
  readonly trace: readonly string[];
}

export async function playSeeded(
  { seed, rounds, seconds, trace = false, broken = '' }: Asked,
  progress: (rounds: number) => void = () => undefined,
): Promise<PlayedSeeded> {
  const source = `${await chaosModules()}\n${await readChaos('seeded.py')}\n${broken}`;
  const began = performance.now();
  let played = 0;
  let digest = '';
  let last: readonly string[] = [];
  while (played < rounds && performance.now() - began < seconds * 1000) {
    const first = seed + played;
    const seeds = Math.min(batch, rounds - played);
    const run = { filename: 'seeded.py', source, test: 'test_chaos', first, seeds, patience, trace };
    const ending = await runSchedules(run, limit);
    if (ending.kind !== 'passed') {
      return { rounds: played, digest, trouble: told(ending, first, seeds), trace: trace ? traceOf(ending) : [] };
    }
    digest += ending.digest;
    last = ending.trace;
    played += seeds;
    progress(played);
  }
  return { rounds: played, digest, trouble: '', trace: last };
}

type Trouble = Exclude<Ending, { kind: 'passed' }>;

function traceOf(ending: Trouble): readonly string[] {
  return ending.kind === 'failed' ? ending.trace : [];
}

function told(ending: Trouble, first: number, seeds: number): string {
  const again = (rounds: number) =>
    `Repeat it: npm run chaos -- --seeded --seed ${String(first)} --rounds ${String(rounds)} --trace`;
  if (ending.kind === 'died') return `the interpreter died: ${ending.reason}\n${again(seeds)}`;
  const printed = ending.printed === '' ? '' : `It printed:\n${ending.printed}\n`;
  return `seed ${String(ending.seed)}\n${ending.traceback}${printed}${again(ending.seed - first + 1)}`;
}
