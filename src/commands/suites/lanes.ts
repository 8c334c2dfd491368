/** Lanes that run at the same time: each runs its own steps in their order, then takes what waits; what runs is told as it begins. */
import type { SuiteReport } from './report.ts';
import { runStep } from './run-step.ts';
import type { Step } from './step.ts';

export interface Ran {
  readonly report: SuiteReport;
  readonly seconds: number;
}

const clock = (): string => new Date().toTimeString().slice(0, 5);

/** The first lane's steps speak as they run, the others' in one piece when they end, so that no lines mix. */
export async function runInLanes(
  lanes: readonly (readonly Step[])[],
  waiting: readonly Step[],
): Promise<ReadonlyMap<string, Ran>> {
  const left = [...waiting];
  const running = new Set<string>();
  const done = new Map<string, Ran>();

  async function run(step: Step, atOnce: boolean): Promise<void> {
    const { name } = step;
    running.add(name);
    console.log(`\n-- ${clock()} ${name} starts. Running: ${[...running].join(', ')}`);
    const start = performance.now();
    const report = await runStep(step, name, atOnce);
    const seconds = (performance.now() - start) / 1000;
    running.delete(name);
    done.set(name, { report, seconds });
    const { passed, failing } = report;
    const rest = running.size === 0 ? '' : ` Still running: ${[...running].join(', ')}`;
    console.log(
      `\n-- ${clock()} ${name} ends after ${seconds.toFixed(0)} s: ${passed} passed, ${failing.length} failing.${rest}`,
    );
  }

  await Promise.all(
    lanes.map(async (own, place) => {
      for (const step of own) await run(step, place === 0);
      for (let step = left.shift(); step; step = left.shift()) await run(step, place === 0);
    }),
  );
  return done;
}
