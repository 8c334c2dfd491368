/** A recorded run is replayed in its own time, and ends as exactly what was recorded. */
import { expect, it } from 'vitest';
import { blocks, openChapter } from './support/cell-page.ts';

it('replays recorded lines one after another, without Python', async () => {
  await using open = await openChapter('iterators-and-generators/');
  await open.page.clock.install();
  const cell = open.cell('fib-gen');
  const recorded = await blocks(cell);
  const whole = recorded.map(([, text]) => text).join('');
  const html = await cell.locator('.cell-output').innerHTML();
  await cell.getByRole('button', { name: 'Replay' }).click();
  await cell.getByText(/^Replaying/).waitFor();
  const lengths: number[] = [];
  while (await cell.getByText(/^Replaying/).isVisible()) {
    await open.page.clock.runFor(500);
    const text = (await blocks(cell)).map(([, part]) => part).join('');
    expect(whole.startsWith(text) || text === 'No output').toBe(true);
    lengths.push(text.length);
  }
  expect(new Set(lengths).size).toBeGreaterThan(3);
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  expect(await cell.locator('.cell-output').innerHTML()).toBe(html);
  expect(await cell.locator('.cell-provenance').textContent()).toMatch(/^Recorded/);
  expect(open.asked.filter((url) => url.includes('/runtime/'))).toEqual([]);
});

it('ends a replay when the cell is run', async () => {
  await using open = await openChapter('iterators-and-generators/');
  await open.give('fib-gen', 'print("live")');
  await open.cell('fib-gen').getByRole('button', { name: 'Replay' }).click();
  await open
    .cell('fib-gen')
    .getByText(/^Replaying/)
    .waitFor();
  await open.run('fib-gen');
  expect(await blocks(open.cell('fib-gen'))).toEqual([['stdout', 'live\n']]);
});
