/** What a reader with Firefox does with exercises: writes and checks, predicts, orders, chooses; and what is kept of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import { exerciseOf } from './support/exercises.ts';
import { openFirefox, type FirefoxPage } from './support/firefox.ts';

const missing = findBrowser('firefox') === undefined;
if (missing) console.warn('Skipped: there is no Firefox. Install it, or set FIREFOX to its path.');

const first = 'concurrency-vs-parallelism';
const fourth = 'generator-concurrency';

describe.skipIf(missing)('exercises in Firefox', () => {
  let open: FirefoxPage;
  beforeAll(async () => {
    open = await openFirefox();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const within = (id: string, selector: string) => `py-exercise[id="${id}"] ${selector}`;
  const press = (id: string, action: string) =>
    open.page.locator(within(id, `[data-exercise-action="${action}"]`)).click();
  const text = (id: string, selector: string) =>
    open.page.evaluate((where) => document.querySelector<HTMLElement>(where)?.innerText ?? '', within(id, selector));
  const said = (id: string) => expect.poll(() => text(id, '.exercise-outcome'), { timeout: 60_000 });

  it('checks the starter, then what was typed into the editor', async () => {
    const { checks } = exerciseOf(first, 'classify', 'write');
    await open.page.goto(open.site.url(`${first}/`));
    await press('classify', 'check');
    await said('classify').toMatch(`still the code that the exercise begins with: 0 of ${checks.length} checks pass.`);
    await open.page.locator('py-cell[id="classify-code"] pre.code').click();
    await open.page.locator('py-cell[id="classify-code"] .cm-content').wait();
    await open.page.keyboard.down('Control');
    await open.page.keyboard.press('a');
    await open.page.keyboard.up('Control');
    await open.page.keyboard.type("def classify(wall, cpu): return 'mixed'");
    await press('classify', 'check');
    await said('classify').toMatch(/^[1-7] of 8 checks pass/);
    expect(await text('classify', '[data-check="test_half_and_half"]')).toMatch(/^Passed/);
  });

  it('takes a right prediction and opens the output', async () => {
    await press('four-schedules', 'reveal');
    await said('four-schedules').toBe('The output now stands below the code.');
    const output = await text('four-schedules', '.out.stdout');
    await open.page.reload();
    await open.page.locator(within('four-schedules', 'textarea')).fill('one_by_one 6\nnothing\n');
    await press('four-schedules', 'predict');
    await said('four-schedules').toMatch(/^Not what it prints: 1 of 2 lines right[^]*nothing\nnot right/);
    const shown = await open.page.evaluate(
      (where) => document.querySelector(where)?.checkVisibility(),
      within('four-schedules', '.out.stdout'),
    );
    expect(shown).toBe(false);
    await open.page.locator(within('four-schedules', 'textarea')).fill(output);
    await press('four-schedules', 'predict');
    await said('four-schedules').toContain('Right: that is what it prints.');
  });

  it('marks a wrong line and a wrong pick, and lets one try again before the answer shows', async () => {
    const { right } = exerciseOf(first, 'first-model', 'choose');
    const pick = (is: boolean) =>
      open.page.locator(within('first-model', `[data-choice="${right.indexOf(is)}"] input`)).click();
    await pick(false);
    await press('first-model', 'choose');
    await said('first-model').toBe('Not right. Try again, or show the answer.');
    expect(await text('first-model', `[data-choice="${right.indexOf(false)}"] .choice-word`)).toBe(
      'Your pick: not right',
    );
    await pick(true);
    await said('first-model').toMatch(/^Of the choice before/);
    await press('first-model', 'choose');
    await said('first-model').toContain('Right.');
  });

  it('puts lines in order by buttons, and says when they are', async () => {
    await open.page.goto(open.site.url(`${fourth}/`));
    const count = exerciseOf(fourth, 'order-sleep', 'order').lines.length;
    const list = within('order-sleep', '.order-list:not(.is-answer)');
    // By rank: each line goes up until it stands at its place.
    for (let place = 0; place < count; place += 1) {
      for (;;) {
        const at = await open.page.evaluate(
          (where, line) =>
            [...document.querySelectorAll<HTMLElement>(`${where} > li`)].findIndex(
              ({ dataset }) => dataset['line'] === String(line),
            ),
          list,
          place,
        );
        if (at === place) break;
        await open.page.locator(`${list} > li:nth-child(${at + 1}) [data-exercise-action="up"]`).click();
      }
    }
    await press('order-sleep', 'order');
    await said('order-sleep').toContain('Right: this is an order in which it happens.');
  });

  it('remembers it all on the next visit, in the outline too, without a complaint', async () => {
    await open.page.goto(open.site.url(`${first}/`));
    await expect.poll(() => text('first-model', '.exercise-state')).toBe('Solved');
    const done = await open.page.evaluate(
      (slug) => document.querySelector(`.outline-done[data-chapter="${slug}"]`)?.textContent ?? '',
      first,
    );
    expect(done).toMatch(/^2\/\d/);
    expect(open.complaints).toEqual([]);
  });
});
