/** A cell whose author shows its timeline: that of the recorded run stands in the page, and each run replaces it. */
import { expect, it } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { openChapter } from './support/cell-page.ts';

const chapter = 'threading-thread/';
const id = 'two-threads';

it.each([1280, 390])(
  'stands without JavaScript at %i px: one picture, sentences, and a table that opens',
  async (width) => {
    await using open = await openChapter(chapter, { viewport: { width, height: 900 }, javaScriptEnabled: false });
    const timeline = open.cell(id).getByRole('region', { name: /^Timeline of / });
    const picture = timeline.getByRole('img', { name: /^Timeline of / });
    // The other one, for another width, is not there for anyone.
    expect(await picture.count()).toBe(1);
    for (const name of ['MainThread', 'ping', 'pong'])
      expect(await picture.locator('text', { hasText: new RegExp(`^${name}$`) }).count()).toBe(1);
    expect(await timeline.getByRole('listitem').first().innerText()).toMatch(/^3 threads in \d+ ms\./);
    expect(await timeline.locator('.timeline-note').first().innerText()).toMatch(
      /^What a lane shows: solid, it runs; .*hatched, it waits for something; .*a tick, it ended/,
    );
    await timeline.getByText(/^All \d+ intervals as a table$/).click();
    const wait = timeline
      .getByRole('row', { name: /pong Waiting at line 5 for the Event b, until ping woke it/ })
      .first();
    await wait.getByRole('link', { name: 'until ping woke it' }).click();
    const { hash } = new URL(open.page.url());
    expect(await timeline.locator(hash).getByRole('cell').allInnerTexts()).toContain('ping');
  },
);

it('gives way to the timeline of each run, and comes back with the recorded output', async () => {
  await using open = await openChapter(chapter);
  const cell = open.cell(id);
  const timeline = cell.getByRole('region', { name: /^Timeline of / });
  expect(await timeline.locator('.timeline-wide').count()).toBe(1);
  await open.run(id);
  // A run’s own picture is drawn for the width that it has.
  await timeline.getByRole('button', { name: 'Save picture' }).waitFor();
  expect(await timeline.locator('.timeline-wide').count()).toBe(0);
  expect(await timeline.getByText(/^What a lane shows: solid, it runs; /).count()).toBe(1);
  expect(await timeline.getByRole('listitem').first().innerText()).toMatch(/^3 threads in /);
  await open.run(id);
  await timeline.getByRole('button', { name: 'Save picture' }).waitFor();
  expect(await timeline.count()).toBe(1);
  await cell.getByRole('button', { name: 'Reset' }).click();
  await timeline.locator('.timeline-wide').waitFor();
  expect(await timeline.count()).toBe(1);
});

it.each([1280, 390])('has no accessibility fault at %i px, and does not widen the page', async (width) => {
  // The policy of the page would refuse axe itself.
  await using open = await openChapter(chapter, { viewport: { width, height: 900 }, bypassCSP: true });
  await bringAxe(open.page);
  await open
    .cell(id)
    .getByText(/as a table$/)
    .click();
  expect(await faultsInBothThemes(open.page, [`#${id}`])).toEqual([]);
  expect(await open.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
