/** How far a reader is: in the outline and on the home page, out to a file and in again, and nothing lost on the way. */
import { readFile, writeFile } from 'node:fs/promises';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budget, measurePage } from '../page/measure.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { editedText, replaceCode } from './support/editing.ts';
import { launchChromium } from './support/chromium.ts';
import { chapters } from './support/course.ts';
import { serveSite } from './support/site.ts';

const first = 'concurrency-vs-parallelism';
const total = chapters.reduce((sum, { exercises }) => sum + exercises.length, 0);
const ids = (slug: string): readonly string[] =>
  chapters.find((chapter) => chapter.slug === slug)?.exercises.map(({ exercise }) => exercise.id) ?? [];

const entry = (slug: string, id: string): readonly [string, string] => [
  `course-progress / ${slug}/${id}`,
  JSON.stringify({ format: 1, attempts: 2, solved: '2026-11-20T10:00:00.000Z' }),
];

let open: CellPage;
beforeEach(async () => {
  open = await openChapter(`${first}/`);
});
afterEach(() => open[Symbol.asyncDispose]());

const keep = (entries: readonly (readonly [string, string])[], page: Page = open.page) =>
  page.evaluate((given) => {
    for (const [key, text] of given) localStorage.setItem(key, text);
  }, entries);
/** But for the place in the chapter, which is kept whenever the page is scrolled, as it is by many a press of a test. */
const kept = (): Promise<Record<string, string>> =>
  open.page.evaluate(() =>
    Object.fromEntries(
      (Object.entries(localStorage) as [string, string][]).filter(([key]) => !key.startsWith('course-place')),
    ),
  );
const done = (slug: string, page: Page = open.page): Locator => page.locator(`.outline-done[data-chapter="${slug}"]`);
const dialog = (): Locator => open.page.getByRole('dialog', { name: 'Your progress and edits' });
const said = (): Promise<string> => dialog().locator('.reader-said').innerText();
const press = (name: string): Promise<void> => dialog().getByRole('button', { name, exact: true }).click();

async function openWork(): Promise<void> {
  await open.page.getByRole('button', { name: 'Your progress', exact: true }).click();
  await dialog().waitFor();
}

async function exported(): Promise<string> {
  const [file] = await Promise.all([open.page.waitForEvent('download'), press('Export to a file')]);
  expect(file.suggestedFilename()).toMatch(/^a-course-for-tests-\d{4}-\d\d-\d\d\.json$/);
  return readFile(await file.path(), 'utf8');
}

async function importText(text: string): Promise<void> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'import-'));
  const file = path.join(folder.path, 'work.json');
  await writeFile(file, text);
  await dialog().locator('input[type=file]').setInputFiles(file);
  await expect.poll(() => dialog().locator('.reader-said, .reader-question').allInnerTexts()).not.toEqual(['', '']);
}

describe('what is solved', () => {
  it('stands beside each chapter in the outline and on the home page, with the sum of the course', async () => {
    const [one, two] = ids(first);
    const all = ids('threading-thread').map((id) => entry('threading-thread', id));
    await keep([entry(first, one ?? ''), entry(first, two ?? ''), entry(first, 'gone-since'), ...all]);
    const sum = 2 + all.length;
    await open.page.reload();
    await expect.poll(() => done(first).innerText()).toContain(`2/${ids(first).length}`);
    expect(await done(first).ariaSnapshot()).toContain(`2 of ${ids(first).length} exercises solved`);
    expect(await done('threading-thread').innerText()).toContain('✓');
    expect(await done('generator-concurrency').innerText()).toBe('');
    expect(await open.page.locator('.outline [data-course-exercises]').innerText()).toBe(
      `${sum} of ${total} exercises solved`,
    );
    await open.page.goto(open.site.home);
    await open.page.locator('#main').getByText(`${sum} of ${total} exercises solved`, { exact: true }).waitFor();
    const chapter = open.page.locator(`.home-facts [data-chapter="${first}"]`);
    expect(await chapter.innerText()).toBe(`2 of ${ids(first).length} exercises solved`);
  });

  it('is known at once in the page, in its other chapters, and in another tab', async () => {
    const other = await open.page.context().newPage();
    await other.goto(open.site.url('generator-concurrency/'));
    const exercise = open.page.locator('py-exercise[id="first-model"]');
    const right = chapters
      .find(({ slug }) => slug === first)
      ?.exercises.find(({ exercise }) => exercise.id === 'first-model');
    if (right?.exercise.kind !== 'choose') throw new Error('first-model is to choose from');
    for (const [index, input] of (await exercise.locator('.choice input').all()).entries())
      if (right.exercise.right[index] === true) await input.check();
    await exercise.locator('textarea').fill('It waits.');
    await exercise.getByRole('button', { name: 'Compare' }).click();
    await expect.poll(() => done(first).innerText()).toContain(`1/${ids(first).length}`);
    await expect.poll(() => done(first, other).innerText()).toContain(`1/${ids(first).length}`);
    await open.page.reload();
    await exercise.getByText('Solved', { exact: true }).waitFor();
    expect(await exercise.locator('textarea').inputValue()).toBe('It waits.');
  });

  it('keeps every page within its budget, and moves nothing', async () => {
    await using site = await serveSite();
    await using browser = await launchChromium();
    for (const { slug, exercises } of chapters) {
      if (exercises.length === 0) continue;
      const given = ids(slug).map((id) => entry(slug, id));
      for (const width of slug === first ? [390, 1280] : [390]) {
        const cost = await measurePage(browser, site.url(`${slug}/`), width, given, async (page) => {
          await expect.poll(() => done(slug, page).innerText()).toContain('✓');
          await page.getByText('Solved', { exact: true }).first().waitFor();
        });
        const asked = `${slug} at ${width} px:\n${cost.requests.join('\n')}`;
        // What puts back, and what it shares with exercises and dialogs.
        expect(
          cost.requests.filter((address) => /\/(?:page|kept)\./.test(address)),
          asked,
        ).toHaveLength(2);
        expect(cost.requests.length, asked).toBeLessThanOrEqual(budget.requests);
        expect(cost.styles + cost.scripts, asked).toBeLessThanOrEqual(cost.allowed);
        expect(cost.shift, cost.moved.join('\n')).toBe(0);
      }
    }
  });
});

describe('a reader’s work', () => {
  it('goes out to a file and comes back on another site of the course: progress, edits, answers', async () => {
    await replaceCode(open.cell('classify-code'), 'mine = 1');
    await open.page.locator('py-exercise[id="first-model"] textarea').fill('Because.');
    await keep([entry(first, 'classify')]);
    // The words are kept by the exercises' own script, which the first of them calls in.
    await expect.poll(async () => Object.keys(await kept())).toHaveLength(3);
    const before = await kept();
    await openWork();
    const file = await exported();
    await using elsewhere = await serveSite({ under: '/deep/' });
    await open.page.goto(elsewhere.url(`${first}/`));
    await openWork();
    expect(await dialog().innerText()).toContain('Nothing is kept yet.');
    await importText(file);
    const { progress, edits, answers, places } = JSON.parse(file) as Record<string, object>;
    const entries = [progress, edits, answers, places].flatMap((part) => Object.keys(part ?? {})).length;
    expect(await said()).toMatch(new RegExp(`^Imported ${entries} entries\\.`));
    expect(Object.values(await kept()).sort()).toEqual(Object.values(before).sort());
    await Promise.all([open.page.waitForEvent('load'), press('Close')]);
    await expect.poll(() => editedText(open.cell('classify-code'))).toBe('mine = 1');
    await open.page.locator('py-exercise[id="classify"]').getByText('Solved', { exact: true }).waitFor();
    expect(await open.page.locator('py-exercise[id="first-model"] textarea').inputValue()).toBe('Because.');
    await openWork();
    await importText(file);
    expect(await said()).toBe('Imported: all of it was here already.');
  });

  it('asks when what is here differs, keeps the more of both of progress, and loses neither without being told to', async () => {
    await keep([
      entry(first, 'classify'),
      [`course-edit /${first}/#classify-code`, JSON.stringify({ original: 'o', source: 'from the file' })],
      [`course-answer /${first}/#first-model`, 'from the file'],
    ]);
    await openWork();
    const file = await exported();
    await keep([
      [`course-progress / ${first}/classify`, JSON.stringify({ format: 1, attempts: 7 })],
      [`course-edit /${first}/#classify-code`, JSON.stringify({ original: 'o', source: 'here' })],
      [`course-answer /${first}/#first-model`, 'here'],
    ]);
    await importText(file);
    expect(await dialog().locator('.reader-question').innerText()).toContain('2 cells or answers of the file differ');
    await press('Keep what is here');
    const merged = await kept();
    expect(JSON.parse(merged[`course-progress / ${first}/classify`] ?? '')).toEqual({
      format: 1,
      attempts: 7,
      solved: '2026-11-20T10:00:00.000Z',
    });
    expect(merged[`course-answer /${first}/#first-model`]).toBe('here');
    await importText(file);
    await press('Take what is in the file');
    const taken = await kept();
    expect(taken[`course-answer /${first}/#first-model`]).toBe('from the file');
    expect(taken[`course-edit /${first}/#classify-code`]).toContain('from the file');
  });

  it.each([
    ['no JSON at all', 'GIF89a', 'This file is none that this course has exported.'],
    ['JSON of something else', '[1, 2]', 'This file is none that this course has exported.'],
    [
      'a file cut short',
      '{"format": "course-work", "version": 1, "cour',
      'This file is none that this course has exported.',
    ],
    [
      'another course',
      JSON.stringify({ format: 'course-work', version: 1, course: 'Rust', progress: {}, edits: {}, answers: {} }),
      'This file is of another course, Rust.',
    ],
    [
      'a later version',
      JSON.stringify({ format: 'course-work', version: 2, course: 'A course for tests' }),
      'This file was written by a later version of this course. Reload the page and try again.',
    ],
    [
      'a damaged entry',
      JSON.stringify({
        format: 'course-work',
        version: 1,
        course: 'A course for tests',
        progress: { [`${first}/classify`]: { format: 1, attempts: 'many' } },
        edits: {},
        answers: { [`${first}/first-model`]: 'good' },
      }),
      `This file is damaged: its progress cannot be read at “${first}/classify”.`,
    ],
    [
      'a key of something else',
      '{"format":"course-work","version":1,"course":"A course for tests","progress":{},"edits":{},"answers":{"../x y":"z"}}',
      'This file is damaged: its answers cannot be read at “../x y”.',
    ],
  ])('is untouched by an import of %s, which says so', async (_, text, words) => {
    await keep([entry(first, 'classify')]);
    const before = await kept();
    await openWork();
    await importText(text);
    expect(await said()).toBe(`${words} Nothing was changed.`);
    expect(await kept()).toEqual(before);
  });

  it('is untouched when there is no room for all of an import', async () => {
    await keep([entry(first, 'classify')]);
    await openWork();
    const file = JSON.parse(await exported()) as Record<string, unknown>;
    const before = await kept();
    file['progress'] = { [`${first}/classify`]: { format: 1, attempts: 9 } };
    file['answers'] = { [`${first}/first-model`]: 'x'.repeat(6_000_000) };
    await importText(JSON.stringify(file));
    expect(await said()).toBe('The browser has no room for it. Nothing was changed.');
    expect(await kept()).toEqual(before);
  });

  it('is told of, left and exported as found where it cannot be read', async () => {
    await keep([
      entry(first, 'classify'),
      [`course-progress / ${first}/workers-needed`, '{"format": 1,'],
      ['course-progress /elsewhere/ other/course', 'not ours'],
      ['another site’s', 'nor this'],
    ]);
    await open.page.reload();
    await openWork();
    const words = await dialog().innerText();
    expect(words).toContain('1 exercise tried, 1 solved');
    expect(words).toContain('1 entry cannot be read');
    expect(JSON.parse(await exported())).toMatchObject({
      progress: { [`${first}/classify`]: { attempts: 2 } },
      unreadable: { [`course-progress / ${first}/workers-needed`]: '{"format": 1,' },
    });
  });

  it('has the places where one stopped: the later one counts, and all go when it is erased', async () => {
    const place = (section: string, day: number) =>
      JSON.stringify({ format: 1, section, title: 'T', read: 0.5, at: `2026-11-${day}T10:00:00.000Z` });
    const places = () =>
      open.page.evaluate(() => ['gevent', 'async-await'].map((slug) => localStorage.getItem(`course-place / ${slug}`)));
    await keep([
      ['course-place / gevent', place('from-the-file', 20)],
      ['course-place / async-await', place('from-the-file', 20)],
    ]);
    await openWork();
    expect(await dialog().innerText()).toContain('2 places in chapters');
    const file = await exported();
    await keep([
      ['course-place / gevent', place('here', 21)],
      ['course-place / async-await', place('here', 19)],
    ]);
    await importText(file);
    expect(await places()).toEqual([place('here', 21), place('from-the-file', 20)]);
    await press('Erase');
    await press('Erase all');
    expect(await places()).toEqual([null, null]);
  });

  it('is erased only when asked twice, and the page with it; what is not ours stays', async () => {
    await replaceCode(open.cell('classify-code'), 'mine = 1');
    await keep([
      entry(first, 'classify'),
      [`course-progress / ${first}/workers-needed`, 'corrupt'],
      ['course-progress /elsewhere/ other/course', 'not ours'],
      ['theme', 'dark'],
    ]);
    await openWork();
    await press('Erase');
    await press('Keep it');
    expect(Object.keys(await kept())).toHaveLength(5);
    await press('Erase');
    await press('Erase all');
    expect(await said()).toMatch(/^Erased\./);
    expect(await kept()).toEqual({ 'course-progress /elsewhere/ other/course': 'not ours', theme: 'dark' });
    await Promise.all([open.page.waitForEvent('load'), press('Close')]);
    expect(await open.cell('classify-code').locator('.cell-edited').count()).toBe(0);
    expect(await done(first).innerText()).toBe('');
    // The page is where it was, and marks that; the place is kept when the reader goes on.
    await open.page.mouse.move(5, 5);
    await open.page.locator('.toc-read').waitFor({ state: 'attached' });
    expect(await open.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('place')))).toEqual(
      [],
    );
  });

  it('cannot be kept where the browser forbids storage: the page says so and works', async () => {
    await open.page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
    });
    await open.page.reload();
    await openWork();
    expect(await dialog().innerText()).toContain('This browser does not let the page keep anything');
    expect(await dialog().getByRole('button', { name: 'Erase' }).isDisabled()).toBe(true);
    await press('Close');
    await replaceCode(open.cell('classify-code'), 'print("still runs")');
    await open
      .cell('classify-code')
      .getByText(/edit is not kept/)
      .waitFor();
    await open.run('classify-code');
    expect(await open.cell('classify-code').locator('.out.stdout').innerText()).toBe('still runs\n');
    const choose = open.page.locator('py-exercise[id="first-model"]');
    await choose.locator('textarea').fill('Because.');
    await choose.getByText('This is not kept: the browser gives no room for it.').waitFor();
  });

  it('never leaves the browser', async () => {
    const sent: string[] = [];
    open.page.on('request', (request) => {
      if (request.method() !== 'GET' || request.postData() !== null || !request.url().startsWith(open.site.origin))
        sent.push(`${request.method()} ${request.url()}`);
      if (/classify|mine|\?/.test(new URL(request.url()).search)) sent.push(request.url());
    });
    await replaceCode(open.cell('classify-code'), 'mine = 1');
    await keep([entry(first, 'classify')]);
    await openWork();
    const file = await exported();
    await press('Erase');
    await press('Erase all');
    await importText(file);
    await Promise.all([open.page.waitForEvent('load'), press('Close')]);
    expect(sent.filter((address) => !address.startsWith('GET blob:'))).toEqual([]);
  });
});
