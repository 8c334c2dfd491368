/** The first page: goes on where the reader stopped, says what a chapter costs, and on a phone leads everywhere. */
import { afterEach, describe, expect, it } from 'vitest';
import { axeFaults, bringAxe } from './support/axe.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { chapters } from './support/course.ts';
import { editedText, replaceCode } from './support/editing.ts';

const titleOf = (slug: string): string => {
  const found = chapters.find((chapter) => chapter.slug === slug)?.frontmatter;
  return `${found?.order ?? 0}. ${found?.title ?? ''}`;
};

let open: CellPage;
afterEach(() => open[Symbol.asyncDispose]());
const start = () => open.page.locator('.home-start');

const keep = (slug: string, place: unknown) =>
  open.page.evaluate(
    ([key, text]) => {
      localStorage.setItem(key, text);
    },
    [`course-place / ${slug}`, JSON.stringify(place)] as const,
  );
const place = {
  format: 1,
  section: 'join',
  title: 'Waiting <b>for</b> a thread',
  read: 0.4,
  at: '2026-11-20T10:00:00.000Z',
};

describe('the way in', () => {
  it('begins with the first chapter', async () => {
    open = await openChapter('');
    expect(await start().innerText()).toMatch(/^Start reading\n/u);
    await start().click();
    await open.page.waitForURL(open.site.url(`${chapters[0]?.slug ?? ''}/`));
  });

  it('goes on where the reader stopped, by chapter and section', async () => {
    open = await openChapter('threading-thread/');
    await open.page.mouse.move(5, 5);
    await open.page.locator('.toc-read').waitFor();
    const heading = open.page.locator('main h2').nth(3);
    await heading.evaluate((element) => {
      element.scrollIntoView();
    });
    const id = await heading.getAttribute('id');
    await expect
      .poll(() => open.page.evaluate(() => localStorage.getItem('course-place / threading-thread')))
      .toContain(id);
    await open.page.goto(open.site.url(''));
    const words = await start().innerText();
    expect(words.split('\n').slice(0, 2)).toEqual(['Continue where you stopped', titleOf('threading-thread')]);
    expect(words).toContain(
      (
        await open.page.evaluate(
          () => JSON.parse(localStorage.getItem('course-place / threading-thread') ?? '{}') as { title: string },
        )
      ).title,
    );
    await start().click();
    await open.page.waitForURL(open.site.url(`threading-thread/#${id ?? ''}`));
  });

  it('takes the last place, shows words as words, and goes on with the next chapter after the end', async () => {
    open = await openChapter('');
    await keep('threading-timers-daemons-helpers', place);
    await keep('threading-thread', { ...place, at: '2026-11-21T10:00:00.000Z' });
    await keep('no-such-chapter', { ...place, at: '2026-11-29T10:00:00.000Z' });
    await keep('shared-state-and-synchronization', 'nonsense');
    await open.page.reload();
    expect((await start().innerText()).split('\n')).toEqual([
      'Continue where you stopped',
      titleOf('threading-thread'),
      place.title,
    ]);
    await keep('threading-timers-daemons-helpers', { ...place, read: 1, at: '2026-11-22T10:00:00.000Z' });
    await open.page.reload();
    expect((await start().innerText()).split('\n')).toEqual([
      'Continue with the next chapter',
      titleOf('shared-state-and-synchronization'),
    ]);
    await start().click();
    await open.page.waitForURL(open.site.url('shared-state-and-synchronization/'));
  });

  it('goes on below a folder of the host, and moves nothing', async () => {
    open = await openChapter('');
    await keep('threading-thread', place);
    await open.page.addInitScript(() => {
      Object.assign(window, { moved: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if ('value' in entry) Object.assign(window, { moved: entry.value });
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await open.page.reload({ waitUntil: 'networkidle' });
    expect(await start().innerText()).toContain('Continue');
    expect(await open.page.evaluate(() => (window as unknown as { moved: number }).moved)).toBe(0);
  });
});

it('says of each chapter how long it takes to read and how many exercises it has, there and in the chapter', async () => {
  open = await openChapter('');
  const facts = open.page.locator('.home-chapter .home-facts');
  expect(await facts.count()).toBe(chapters.length);
  const said = await facts.allInnerTexts();
  for (const text of said) expect(text).toMatch(/^About \d+ min(?:\n\d+ exercises?)?$/u);
  // One that has both.
  const at = said.findIndex((text) => text.includes('exercises'));
  await open.page.locator('.home-chapter a').nth(at).click();
  await open.page.waitForURL(open.site.url(`${chapters[at]?.slug ?? ''}/`));
  const [minutes, exercises] = (said[at] ?? '').match(/\d+/gu) ?? [];
  expect((await open.page.locator('main .page-facts').first().innerText()).split('\n')).toEqual([
    `About ${minutes ?? ''} minutes to read`,
    `${exercises ?? ''} exercises`,
  ]);
});

it('has chapters and glossary on a phone, with scripts and without', async () => {
  const viewport = { width: 390, height: 844 };
  open = await openChapter('', { viewport });
  await open.page.getByRole('button', { name: 'Chapters', exact: true }).click();
  const dialog = open.page.getByRole('dialog', { name: 'Chapters' });
  await dialog.waitFor();
  expect(await dialog.locator('.outline-item').count()).toBe(chapters.length);
  await bringAxe(open.page);
  expect(await axeFaults(open.page)).toEqual([]);
  await dialog.getByRole('link', { name: 'Glossary', exact: true }).click();
  await open.page.waitForURL(open.site.url('glossary/'));
  await using plain = await openChapter('', { viewport, javaScriptEnabled: false });
  await plain.page.getByRole('link', { name: 'Chapters', exact: true }).click();
  await plain.page.waitForURL(plain.site.url('#course'));
  await plain.page.locator('main').getByRole('link', { name: 'Glossary', exact: true }).click();
  await plain.page.waitForURL(plain.site.url('glossary/'));
  expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

it('is not wider than a phone with the largest text, whatever a chapter is named after', async () => {
  open = await openChapter('', { viewport: { width: 390, height: 844 } });
  const width = await open.page.evaluate(() => {
    document.documentElement.dataset['textsize'] = 'largest';
    const title = document.querySelector('.home-chapter a');
    if (title) title.textContent = 'multiprocessing.Process.run_once: processes';
    return [document.documentElement.scrollWidth, title !== null];
  });
  expect(width).toEqual([390, true]);
});

describe('the sample at the top', () => {
  const cell = () => open.cell('forced-lost-update');
  const printed = () => cell().locator('.cell-output').innerText();

  it('stands there with its recorded output, within the first screen of a laptop, and can do without scripts', async () => {
    open = await openChapter('', { javaScriptEnabled: false });
    expect((await open.page.locator('.home-live').boundingBox())?.y).toBeLessThan(900);
    expect((await printed()).trim()).toBe('two increments made 1');
    expect(await cell().locator('.cell-provenance').innerText()).toMatch(/^Recorded with CPython 3\.14/u);
    await using phone = await openChapter('', { viewport: { width: 390, height: 844 } });
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  it('runs, and does what it says of each change: nothing is lost, or a deadlock that is told', async () => {
    open = await openChapter('');
    expect(open.asked.filter((address) => /pyodide|python/u.test(address))).toEqual([]);
    const source = (await cell().locator('.cell-source code').textContent()) ?? '';
    await open.run('forced-lost-update');
    expect(await cell().locator('.cell-provenance').innerText()).toMatch(/^Ran here/u);
    expect(await printed()).toContain('two increments made 1');
    await replaceCode(cell(), source.replace(/^ *both_have_read\.wait\(\)\n/mu, ''));
    await open.run('forced-lost-update');
    expect(await printed()).toContain('two increments made 2');
    await replaceCode(cell(), source.replace('Barrier(2)', 'Barrier(3)'));
    await open.run('forced-lost-update');
    expect(await printed()).toContain('Deadlock');
    expect(await printed()).toMatch(/Thread-\d[^\n]*\n?[^\n]*wait/u);
    await bringAxe(open.page);
    expect(await axeFaults(open.page)).toEqual([]);
  });

  it('is kept when it is edited, and goes out to a file and away with the rest', async () => {
    open = await openChapter('');
    await replaceCode(cell(), 'print("mine")');
    await expect
      .poll(() => open.page.evaluate(() => localStorage.getItem('course-edit /#forced-lost-update')))
      .toContain('mine');
    await open.page.reload();
    await expect.poll(() => editedText(cell())).toBe('print("mine")');
    await open.page.getByRole('button', { name: 'Your progress and edits' }).click();
    const dialog = open.page.getByRole('dialog', { name: 'Your progress and edits' });
    await dialog.getByText('1 changed cell').waitFor();
    await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
    await dialog.getByRole('button', { name: 'Erase all', exact: true }).click();
    expect(await open.page.evaluate(() => localStorage.length)).toBe(0);
  });
});
