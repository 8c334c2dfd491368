/** What a finger must hit in an exercise is 44 px wide and high, whatever the size of the text, and its words keep their room. */
import { expect, it } from 'vitest';
import { openChapter } from './support/cell-page.ts';

it.each(['small', 'normal', 'largest'])('an order is put right by touch (text: %s)', async (size) => {
  await using open = await openChapter('generator-concurrency/', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await open.page.evaluate((chosen) => {
    localStorage.setItem('textsize', chosen);
  }, size);
  await open.page.reload();
  const exercise = open.page.locator('py-exercise[id="order-sleep"]');
  const small = await exercise.locator('.order-grip, .order-moves button').evaluateAll((all) =>
    all.flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      return width < 44 || height < 44 ? [`${target.outerHTML.slice(0, 80)}: ${width} × ${height}`] : [];
    }),
  );
  expect(small).toEqual([]);
  const lines = exercise.locator('.order-list:not(.is-answer) > li');
  const words = () => lines.locator('.order-line').allTextContents();
  const before = await words();
  await lines.nth(1).locator('[data-exercise-action="up"]').tap();
  await expect.poll(words).toEqual([before[1], before[0], ...before.slice(2)]);
  await exercise.getByRole('button', { name: 'Check', exact: true }).tap();
  await exercise.locator('.order-word').first().waitFor();
  // Half of the line at least is for its words.
  const narrow = await lines.evaluateAll((all) =>
    all.filter((line) => (line.querySelector('.order-line')?.clientWidth ?? 0) < line.clientWidth / 2 - 8),
  );
  expect(narrow).toHaveLength(0);
  expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
