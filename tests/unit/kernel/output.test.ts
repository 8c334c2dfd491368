/** What a run prints goes out in batches that the page can take, by real time, whatever the cell's clock says. */
import { expect, it } from 'vitest';
import { Output } from '../../../src/kernel/process/output.ts';
import type { RunEvent } from '../../../src/protocol/event.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Prints 1,000 lines while no real time passes, and `perLine` milliseconds of the cell's clock for each. */
function printed(perLine: number): readonly (readonly RunEvent[])[] {
  const batches: (readonly RunEvent[])[] = [];
  let cell = 0;
  const output = new Output((events) => batches.push(events), { cell: () => cell, real: () => 5000 });
  output.begin();
  for (let line = 0; line < 1000; line += 1) {
    output.write('stdout', bytes(`${line}\n`));
    cell += perLine;
  }
  output.end();
  return batches;
}

it.each([0, 100])('with %d ms of the cell’s clock between two lines', (perLine) => {
  const batches = printed(perLine);
  // A burst, and the rest at the end.
  expect(batches.length).toBeGreaterThan(1);
  expect(batches.length).toBeLessThan(50);
  const texts = batches.flat().map((event) => (event.type === 'stdout' ? event.text : ''));
  expect(texts.join('')).toBe(Array.from({ length: 1000 }, (_, line) => `${line}\n`).join(''));
});

it('begins each line with the label, also one that comes in parts, and no line twice', () => {
  const events: RunEvent[] = [];
  const output = new Output((batch) => events.push(...batch), { cell: () => 0, real: () => 0 });
  output.label = '[43] ';
  output.begin();
  for (const text of ['one\n', 'two ', 'parts\nthree\n\nfo', 'ur\n', '']) output.write('stdout', bytes(text));
  output.write('stderr', bytes('five\n'));
  output.end();
  expect(events.map((event) => ('text' in event ? event.text : '')).join('')).toBe(
    '[43] one\n[43] two parts\n[43] three\n[43] \n[43] four\n[43] five\n',
  );
});

it('dates events on the cell’s clock', () => {
  const events: RunEvent[] = [];
  let cell = 100;
  let real = 0;
  const output = new Output((batch) => events.push(...batch), { cell: () => cell, real: () => real });
  output.begin();
  cell += 2500;
  real += 25;
  output.write('stdout', bytes('late\n'));
  output.end();
  expect(events).toEqual([{ type: 'stdout', at: 2.5, text: 'late\n' }]);
});
