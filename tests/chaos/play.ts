/**
 * Plays `chaos.py` in the readers' kernel.
 *
 * Invariant: rounds that hang, and a kernel that dies, are told with the last seed known to be good; nothing is retried.
 */
import type { Driver } from '../../src/recorder/driver/contract.ts';
import { chaosModules, readChaos } from './modules.ts';

export interface Asked {
  readonly seed: number;
  readonly rounds: number;
  readonly seconds: number;
  /** The one that `driver` drives. */
  readonly browser: 'chromium' | 'firefox';
}

export interface Played {
  readonly rounds: number;
  readonly threads: number;
  /** What went wrong; empty when nothing did. */
  readonly trouble: string;
}

export async function playChaos(
  driver: Driver,
  { seed, rounds, seconds, browser }: Asked,
  progress: (rounds: number) => void = () => undefined,
): Promise<Played> {
  const words = ['chaos.py', '--seed', String(seed), '--rounds', String(rounds), '--seconds', String(seconds)];
  const source = `${await chaosModules()}
sys.argv = ${JSON.stringify(words)}
exec(compile(${JSON.stringify(await readChaos('chaos.py'))}, 'chaos.py', 'exec'))`;
  let printed = '';
  let played = 0;
  let threads = 0;
  let failed: number | undefined;
  const ending = { finished: false };
  const take = (line: string) => {
    if (!line.startsWith('@@')) {
      printed += `${line}\n`;
      return;
    }
    const said = JSON.parse(line.slice(2)) as {
      rounds?: number;
      finished?: number;
      threads?: number;
      failed?: true;
      seed?: number;
    };
    if (said.failed) failed = said.seed;
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
  if (ending.finished && printed === '') return { rounds: played, threads, trouble: fault };
  const good = ending.finished ? '' : `The run ended (${end.outcome}) after round ${played}, seed ${seed + played}.\n`;
  const again = failed === undefined ? `--seed ${seed + played}` : `--seed ${failed} --rounds 1`;
  const repeat = `Repeat its programs: npm run chaos -- ${again} --browser ${browser}`;
  return { rounds: played, threads, trouble: `${good}${fault}${printed}${repeat}` };
}
