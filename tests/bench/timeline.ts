/**
 * `npm run bench:timeline`: what it costs to record what threads do, and what it costs when nobody looks.
 *
 * Each round runs the same cell in one interpreter: before anything was recorded, recorded, and after that. The third
 * divided by the first is what is left of a recording; the second by the first is what looking costs. Then, what it takes
 * to lay out and draw a timeline.
 */
import { readFile } from 'node:fs/promises';
import type { Timeline, TimelineEvent } from '../../src/protocol/timeline.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { layOut } from '../../src/timeline/layout.ts';
import { sentencesOf } from '../../src/timeline/sentences.ts';
import { storyOf } from '../../src/timeline/story.ts';
import { svgOf } from '../../src/timeline/svg.ts';
import { tableOf } from '../../src/timeline/table.ts';

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

/** Threads that take turns, or tasks of one thread: `ready`, `runs`, `waits`, again and again. */
function eventsOf(count: number, threads: number, kind?: 'task'): Timeline {
  const events: TimelineEvent[] = kind ? [{ what: 'runs', lane: threads, at: 0 }] : [];
  for (let turn = 0; events.length < count; turn += 1) {
    const [lane, at] = [turn % threads, turn / 1000];
    if (turn >= threads) events.push({ what: 'ready', lane, at, by: (lane + 1) % threads, line: 5 });
    events.push({ what: 'runs', lane, at });
    events.push({
      what: 'waits',
      lane,
      at: at + 0.0009,
      kind: 'lock',
      thing: 'a Lock',
      object: 1,
      name: 'lock',
      line: 4,
    });
  }
  const inside = kind && { kind, in: threads };
  const lanes = Array.from({ length: threads }, (_, lane) => ({ lane, name: `worker-${lane}`, ...inside }));
  return { lost: 0, lanes: kind ? [...lanes, { lane: threads, name: 'MainThread' }] : lanes, events };
}

console.log('\n10,000 events, ms, median of nine');
for (const [threads, kind] of [[4], [12], [1000], [12, 'task'], [1000, 'task']] as const) {
  const timeline = eventsOf(10_000, threads, kind);
  const times = { lanes: [] as number[], picture: [] as number[], sentences: [] as number[], table: [] as number[] };
  const timed = <Made>(into: number[], make: () => Made): Made => {
    const begun = performance.now();
    const made = make();
    into.push(performance.now() - begun);
    return made;
  };
  for (let round = 0; round < 9; round += 1) {
    const story = timed(times.lanes, () => storyOf(timeline, { file: 'a.py' }));
    timed(times.picture, () => svgOf(story, layOut(story, { width: 960 }), { title: '', prefix: 'a' }));
    timed(times.sentences, () => sentencesOf(story));
    timed(times.table, () => tableOf(story));
  }
  const words = Object.entries(times).map(([name, each]) => `${name} ${median(each).toFixed(1)}`);
  const whole = Object.values(times).reduce((sum, each) => sum + median(each), 0);
  console.log(`${threads} ${kind ?? 'thread'}s`.padEnd(14), words.join(', '), `together ${whole.toFixed(1)}`);
}
