/**
 * `npm run bench:timeline`: what it costs to record what threads do, and what it costs when nobody looks.
 *
 * Each round runs the same cell in one interpreter: before anything was recorded, recorded, and after that. The third
 * divided by the first is what is left of a recording; the second by the first is what looking costs.
 */
import { readFile } from 'node:fs/promises';
import { openDriver } from '../../src/recorder/driver/open.ts';

const rounds = 3;
const source = await readFile(new URL('timeline.py', import.meta.url), 'utf8');
await using driver = await openDriver();

async function measure(timeline: boolean): Promise<Map<string, number>> {
  const request = {
    mode: 'notebook',
    source,
    filename: 'timeline.py',
    namespace: 'bench',
    clock: 1,
    timeline,
  } as const;
  const { events, end } = await driver.run(request, { timeoutSeconds: 300 });
  if (end.outcome !== 'ok') throw new Error(`The cell ended: ${end.outcome}`);
  const text = events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([name = '', value]) => [name, Number(value)]),
  );
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const taken: Record<'before' | 'recorded' | 'after', Map<string, number>>[] = [];
for (let round = 0; round < rounds; round += 1) {
  await driver.restart();
  taken.push({ before: await measure(false), recorded: await measure(true), after: await measure(false) });
}
console.log(
  'µs each, median of the rounds'.padEnd(32),
  'before',
  '  recorded',
  '     after',
  '  after/before',
  '  recorded/before',
);
for (const name of taken[0]?.before.keys() ?? []) {
  const of = (when: 'before' | 'recorded' | 'after') => median(taken.map((round) => round[when].get(name) ?? NaN));
  const [before, recorded, after] = [of('before'), of('recorded'), of('after')];
  const words = [before, recorded, after].map((value) => value.toFixed(2).padStart(9));
  const ratios = [after / before, recorded / before].map((value) => value.toFixed(2).padStart(14));
  console.log(name.padEnd(30), ...words, ...ratios);
}
