/**
 * Chapter 16's chart of one workload in seven models shows what is recorded, and what the text says of it holds.
 *
 * Whoever records these cells again draws the chart again: `node content/16-choosing-a-concurrency-model/figures/draw.ts`.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readSnapshot } from '../../../src/chapters/snapshots.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = '16-choosing-a-concurrency-model';
const models = ['sequence', 'generators', 'threads', 'gevent', 'asyncio', 'trio', 'processes'];

/** What a recorded cell printed for a model. */
function unitsOf(model: string, cell: string): number {
  const read = readSnapshot(root, folder, cell);
  if (read.state !== 'present') throw new Error(`${cell} is not recorded.`);
  const text = read.snapshot.events.map((event) => ('text' in event ? event.text : '')).join('');
  return Number(new RegExp(`^${model}:? +([\\d.]+) units`, 'mu').exec(text)?.[1]);
}

const totals = models.map((model) => ({
  model,
  native: unitsOf(model, 'seven-native'),
  page: unitsOf(model, `in-${model}`),
}));

it('has the totals of both runs in the order of the models', () => {
  const drawn = readFileSync(`${root}/content/${folder}/figures/page-and-native.svg`, 'utf8');
  const shown = [...drawn.matchAll(/>(\d+\.\d)</gu)].map(([, units]) => Number(units));
  expect(shown).toEqual(totals.flatMap(({ native, page }) => [native, page]));
});

it('shows runs on a machine that had nothing else to do: each total is near the other, and in the same order', () => {
  const far = totals.filter(({ native, page }) => Math.abs(native - page) > 1);
  expect(far).toEqual([]);
  for (const run of ['native', 'page'] as const) {
    const [sequence = NaN, ...others] = totals.map((total) => total[run]);
    expect(Math.min(...others)).toBe(others.at(-1));
    expect(Math.max(...others)).toBeLessThan(sequence);
  }
});
