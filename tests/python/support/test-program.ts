/**
 * Makes tests of a Python program: each runs under hundreds of seeds.
 * SEED=n runs the seeds up to n alone and prints every switch of the last; SEEDS=n runs n of each.
 */
import { describe, expect, it } from 'vitest';
import type { Ending } from './order.ts';
import { readProgram } from './programs.ts';
import { runSchedules } from './schedules.ts';

const one = process.env['SEED'];
const many = process.env['SEEDS'];

function told(ending: Ending, replay: string): string {
  switch (ending.kind) {
    case 'passed':
      return '';
    case 'failed': {
      const trace = one === undefined ? [] : ['', ...ending.trace];
      const printed = ending.printed === '' ? [] : ['It printed:', ending.printed];
      return [
        `seed ${String(ending.seed)}`,
        ending.traceback,
        ...printed,
        `Replay: SEED=${String(ending.seed)} ${replay}`,
        ...trace,
      ].join('\n');
    }
    case 'died':
      return `the interpreter died: ${ending.reason}`;
    default:
      return ending satisfies never;
  }
}

/** Every `test_` function of a program is a test. */
export async function testProgram(name: string): Promise<void> {
  const { filename, source, tests } = await readProgram(name);
  describe(filename, () => {
    it.each(tests)('$name: $title', async ({ name, seeds }) => {
      const count = one !== undefined ? Number(one) + 1 : many !== undefined ? Number(many) : seeds;
      const ending = await runSchedules({ filename, source, test: name, seeds: count, trace: one !== undefined });
      expect(told(ending, `npx vitest run --project python -t ${name}`)).toBe('');
      if (ending.kind === 'passed' && one !== undefined) console.log(ending.trace.join('\n'));
    });
  });
}
