/** Thirty programs that fail under some schedule are caught, and none of their sound twins is accused. */
import { expect, it } from 'vitest';
import { answerOf, explore, readProgram, replay } from '../../src/explore/explore.ts';
import type { ExplorationAsked } from '../../src/protocol/exploration.ts';
import { broken, sound } from './corpus.ts';

/** Runs for a broken program: the latest is caught after 1,400. */
const MANY = 4_000;
/** Runs for a sound one, at each granularity. */
const FEW = Number(process.env['SEEDS'] ?? 250);

async function asking(
  file: string,
  granularity: ExplorationAsked['granularity'],
  runs: number,
): Promise<ExplorationAsked> {
  const program = await readProgram(file);
  // The runs alone limit a search: how busy the machine is changes nothing.
  return { ...program, argv: [], granularity, runs, seconds: 300, limit: 5_000, compare: true, schedule: null };
}

it('has thirty pairs', () => {
  expect(broken).toHaveLength(30);
  expect(sound.map(({ name }) => name)).toEqual(broken.map(({ name }) => name));
});

it.each(broken)('$name fails: $fails, $preemptions preempted, $granularity', async (program) => {
  const { searched, replayed } = await explore(await asking(program.file, program.granularity, MANY));
  expect(searched).toMatchObject({
    kind: 'failed',
    again: true,
    failure: { kind: program.fails },
    preemptions: program.preemptions,
  });
  expect(replayed?.failure?.kind).toBe(program.fails);
});

it.each(sound)('$name is not accused', async ({ file }) => {
  for (const granularity of ['gil', 'instruction'] as const) {
    expect(await answerOf(await asking(file, granularity, FEW))).toMatchObject({ kind: 'held' });
  }
});

it('searches the same schedules each time', async () => {
  const program = broken.find(({ name }) => name === 'lost_update');
  const asked = await asking(program?.file ?? '', 'gil', MANY);
  const first = await answerOf(asked);
  expect(await answerOf(asked)).toEqual(first);
  if (first.kind !== 'failed') throw new Error('it does not fail');
  const rows = await replay({ ...asked, schedule: first.schedule });
  for (let time = 0; time < 5; time += 1) expect(await replay({ ...asked, schedule: first.schedule })).toEqual(rows);
});
