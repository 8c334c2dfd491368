/**
 * Plays `chaos.py` in the readers' kernel.
 *
 * Invariant: rounds that hang, and a kernel that dies, are told with the last seed known to be good; nothing is retried.
 */
import { readFile } from 'node:fs/promises';
import type { Driver } from '../../src/recorder/driver/contract.ts';

export interface Asked {
  readonly seed: number;
  readonly rounds: number;
  readonly seconds: number;
}

export interface Played {
  readonly rounds: number;
  readonly threads: number;
  /** What went wrong; empty when nothing did. */
  readonly trouble: string;
}

export async function playChaos(
  driver: Driver,
  { seed, rounds, seconds }: Asked,
  progress: (rounds: number) => void = () => undefined,
): Promise<Played> {
  const words = ['chaos.py', '--seed', String(seed), '--rounds', String(rounds), '--seconds', String(seconds)];
  const read = async (name: string) => JSON.stringify(await readFile(new URL(name, import.meta.url), 'utf8'));
  const source = `import sys, types
sys.argv = ${JSON.stringify(words)}
sys.modules['programs'] = types.ModuleType('programs')
exec(compile(${await read('programs.py')}, 'programs.py', 'exec'), vars(sys.modules['programs']))
exec(compile(${await read('chaos.py')}, 'chaos.py', 'exec'))`;
  let printed = '';
  let played = 0;
  let threads = 0;
  const ending = { finished: false };
  const take = (line: string) => {
    if (!line.startsWith('@@')) {
      printed += `${line}\n`;
      return;
    }
    const said = JSON.parse(line.slice(2)) as { rounds?: number; finished?: number; threads?: number };
    played = said.finished ?? said.rounds ?? played;
    threads = said.threads ?? threads;
    ending.finished = said.finished !== undefined;
    progress(played);
  };
  let rest = '';
  const request = {
    mode: 'notebook',
    source,
    filename: 'chaos',
    namespace: 'main',
    clock: 1,
  } as const;
  const { end } = await driver.run(request, {
    // Every round has a deadline of its own: beyond it the kernel itself hangs.
    timeoutSeconds: seconds + 120,
    onEvents: (events) => {
      for (const event of events) {
        if (event.type === 'error') printed += event.traceback;
        if (event.type !== 'stdout' && event.type !== 'stderr') continue;
        const lines = (rest + event.text).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(take);
      }
    },
  });
  const fault = end.outcome === 'fault' ? `${end.fault.what} ${end.fault.why}\n` : '';
  const good = ending.finished ? '' : `The run ended (${end.outcome}) after round ${played}, seed ${seed + played}.\n`;
  return { rounds: played, threads, trouble: `${good}${fault}${ending.finished && printed === '' ? '' : printed}` };
}
