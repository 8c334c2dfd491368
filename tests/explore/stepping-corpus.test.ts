/** The sound programs of the corpus come to their end whatever their reader chooses, and somebody can go on until then. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { whyNot } from '../../src/island/step/words.ts';
import { sound } from './corpus.ts';
import { Stepper } from './stepper.ts';

const goals = ['line', 'point', 'block'] as const;
/** Steps of a reader's choice; then the program goes on by itself. */
const STEPS = 60;

/** Whole numbers below `end` that follow from `seed`: a linear congruential generator of 31 bits. */
function choices(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % end;
  };
}

it.each(sound.map((program, index) => ({ ...program, index })))('$name', async ({ file, index }) => {
  const choose = choices(index + 1);
  const granularity = index % 2 === 0 ? 'gil' : 'instruction';
  await using step = await Stepper.open(readFileSync(file, 'utf8'), { granularity });
  for (let steps = 0; step.now.stopped !== 'over'; steps += 1) {
    const able = [...step.now.lanes.keys()].filter((lane) => whyNot(step.now, lane) === undefined);
    expect(able.length).toBeGreaterThan(0);
    const lane = able[choose(able.length)] ?? 0;
    const until = steps < STEPS ? (goals[choose(goals.length)] ?? 'line') : 'break';
    step.send({ kind: 'go', lane, until });
    await step.stands();
  }
  expect(step.now.failure).toBeNull();
});
