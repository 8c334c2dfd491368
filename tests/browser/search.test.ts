/**
 * Search as a reader uses it: opened by button or key, loaded only then, worked by keyboard. What comes first is judged by
 * search-order.test.ts and by each course.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pagesIn } from '../../src/build/pages.ts';
import { recordsOf, type SearchRecord } from '../../src/build/search-records.ts';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { serveSite } from './support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const folder = inject('siteFolder');
const field = (page: Page) => page.getByRole('searchbox');
const results = (page: Page) => page.locator('.search-result a');

async function openAt(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage(options);
  await page.goto(address);
  return page;
}

describe('search', () => {
  it('loads nothing until it is opened, then only from the site', async () => {
    await using site = await serveSite({ under: '/deep/sub/path/' });
    const page = await openAt(site.home);
    await page.waitForLoadState('networkidle');
    expect(site.requests.filter((asked) => asked.includes('pagefind') || asked.includes('dialog'))).toEqual([]);
    await page.getByRole('button', { name: 'Search' }).click();
    await field(page).fill('generator');
    await results(page).first().waitFor();
    expect(site.requests.some((asked) => asked.startsWith('/deep/sub/path/pagefind/'))).toBe(true);
    expect(await results(page).first().getAttribute('href')).toContain(site.home);
    await page.close();
  });

  it.each(['Control+k', 'Meta+k', '/'])('opens with %s and puts the reader in its field', async (keys) => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press(keys);
    await field(page).waitFor();
    await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field(page).inputValue()).toBe('');
    await page.close();
  });

  it.each([
    ['an empty field', '', 'input'],
    ['a query', 'generator', 'input'],
    ['a result', 'generator', 'a'],
  ])('says what Escape does, and does it, from %s', async (_, query, at) => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    await field(page).fill(query);
    if (at === 'a') {
      await results(page).first().waitFor();
      await field(page).press('ArrowDown');
    }
    await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe(at);
    const hint = page.locator('.pf-keyboard-hint').filter({ hasText: 'esc' });
    await expect.poll(() => hint.allInnerTexts()).toEqual([expect.stringMatching(/^esc\s+close$/u)]);
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'hidden' });
    await page.close();
  });

  it('shows of a text that is found what begins with a sentence', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    const records = new Map<string, readonly SearchRecord[]>();
    for (const query of ['lock', 'event loop', 'what is a coroutine', 'time out']) {
      await field(page).fill(query);
      const texts = page.locator('.search-result p.search-excerpt');
      await expect.poll(async () => (await texts.filter({ has: page.locator('mark') }).count()) > 3).toBe(true);
      const all = await texts.evaluateAll((excerpts) =>
        excerpts.map((excerpt) => ({
          text: excerpt.textContent,
          url: excerpt.closest('li')?.querySelector('a')?.href ?? '',
        })),
      );
      for (const { text, url } of all) {
        const [path, anchor = ''] = url.replace(site.home, '').split('#');
        const file = `${path ?? ''}index.html`;
        records.set(file, records.get(file) ?? recordsOf(readFileSync(join(folder, file), 'utf8'), file));
        const whole = records
          .get(file)
          ?.find((record) => record.url === (anchor ? `${path ?? ''}#${anchor}` : path))?.text;
        const start = whole?.indexOf(text.split('…')[0]?.trim() ?? '') ?? -1;
        expect(start, `${query}: ${text}`).toBeGreaterThanOrEqual(0);
        expect(whole?.slice(0, start), `${query}: ${text}`).toMatch(/^$|[.!?:][”’")\]]*\s$/u);
      }
    }
    await page.close();
  });

  it('has of a term of the glossary what it says, and not the link below it', async () => {
    const terms = recordsOf(await readFile(join(folder, 'glossary/index.html'), 'utf8'), 'glossary/index.html').filter(
      ({ kind, text }) => kind === 'Glossary' && text !== '',
    );
    expect(terms.length).toBeGreaterThan(10);
    for (const { text } of terms) expect(text).toMatch(/[.!?)]$/u);
  });

  it('gives away no hint of an exercise', async () => {
    await using site = await serveSite();
    const chapter = await openAt(site.url('shared-state-and-synchronization/'));
    const hints = await chapter
      .locator('.exercise-hint .exercise-part')
      .evaluateAll((all) => all.map((hint) => hint.textContent.replaceAll(/\s+/gu, ' ').trim()));
    expect(hints.length).toBeGreaterThan(0);
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    for (const hint of hints) {
      await field(page).fill(hint.split(' ').slice(0, 8).join(' '));
      await expect
        .poll(() =>
          page
            .locator('.search-result')
            .count()
            .then((count) => count > 0),
        )
        .toBe(true);
      const shown = await page.locator('.search-excerpt').allTextContents();
      for (const text of shown) expect(text).not.toContain(hint.slice(0, 60));
    }
    await page.close();
  });

  it('leaves / to a field that is typed in', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.evaluate(() => {
      const input = document.createElement('input');
      document.body.prepend(input);
      input.focus();
    });
    await page.keyboard.type('a/b');
    expect(await page.locator('body > input').inputValue()).toBe('a/b');
    expect(await page.locator('#search-dialog').count()).toBe(0);
    await page.close();
  });

  it('is worked by keyboard: down to a result, Enter to go, Escape to go back to where the reader was', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.getByRole('button', { name: 'Search' }).focus();
    await page.keyboard.press('Enter');
    await field(page).waitFor();
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-search-open'))).toBe(true);
    await page.keyboard.press('/');
    await field(page).fill('iterator');
    await results(page).first().waitFor();
    const target = await results(page).first().getAttribute('href');
    await field(page).press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(target ?? '');
    await page.close();
  });

  it('finds a misspelt word and says which word it took it for', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    await field(page).fill('genarator');
    await results(page).first().waitFor();
    await page
      .getByText(/results? for generator/)
      .first()
      .waitFor();
    await page.close();
  });

  it('adds what holds fewer words when little holds all, below it and under its own words', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    await field(page).fill('daemon lock');
    const summary = page.locator('pagefind-summary');
    await expect.poll(() => summary.innerText()).toMatch(/^[1-4] results? for daemon lock; \d+ for lock$/u);
    const [, whole = '', fewer = '', words = ''] = /^(\d).*; (\d+) for (\w+)/u.exec(await summary.innerText()) ?? [];
    await page.locator('.search-looser').first().waitFor();
    await expect.poll(() => results(page).count()).toBeGreaterThanOrEqual(5);
    const headings = await page
      .locator('.search-result')
      .evaluateAll((all) => all.map((one) => one.querySelector('.search-looser')?.textContent));
    expect(headings.findIndex((heading) => heading !== undefined)).toBe(Number(whole));
    expect(headings[Number(whole)]).toBe(`Results for ${words}`);
    expect(Number(fewer)).toBeGreaterThan(0);
    await page.close();
  });

  it('offers the glossary and the chapters when nothing is found', async () => {
    await using site = await serveSite();
    const page = await openAt(site.url('generator-concurrency/'));
    await page.keyboard.press('/');
    await field(page).fill('qqzzxx');
    await page.getByText('No results for qqzzxx').first().waitFor();
    const offer = page.getByRole('navigation', { name: 'Elsewhere in the course' });
    const names = await offer.getByRole('link').allInnerTexts();
    expect(names).toContain('Glossary');
    expect(names).toContain('2 Iterators and generators: functions that can pause');
    await offer.getByRole('link', { name: 'Glossary' }).click();
    await page.waitForURL(site.url('glossary/'));
    await page.goBack();
    await page.keyboard.press('/');
    await field(page).fill('generator');
    await results(page).first().waitFor();
    expect(await offer.isVisible()).toBe(false);
    await page.close();
  });

  it('offers to narrow no more when that is why nothing is shown', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    await field(page).fill('generator');
    await results(page).first().waitFor();
    await page.getByRole('combobox', { name: /Kind/ }).click();
    await page.getByRole('option', { name: /^Glossary/ }).click();
    await field(page).fill('print');
    await page.getByText('No results for print').first().waitFor();
    await page.getByRole('button', { name: /^Show all \d+ results$/u }).click();
    await results(page).first().waitFor();
    expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.close();
  });

  it('closes an open list with Escape, and with the next Escape itself', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    await field(page).fill('generator');
    await results(page).first().waitFor();
    const kinds = page.getByRole('combobox', { name: /Kind/ });
    await kinds.press('Enter');
    await page.getByRole('option', { name: /^Glossary/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: /^Glossary/ }).waitFor({ state: 'hidden' });
    expect(await field(page).isVisible()).toBe(true);
    expect(await kinds.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'hidden' });
    await page.close();
  });

  it('is out of the way of a result on the same page', async () => {
    await using site = await serveSite();
    const page = await openAt(site.url('generator-concurrency/'));
    await page.keyboard.press('/');
    await field(page).fill('round robin');
    await page.locator('.search-result a[href*="generator-concurrency/#"]').first().press('Enter');
    await expect.poll(() => page.evaluate(() => location.hash)).not.toBe('');
    await field(page).waitFor({ state: 'hidden' });
    await page.close();
  });

  it('is narrowed by chapter and by kind', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    await field(page).fill('generator');
    await results(page).first().waitFor();
    await page.getByRole('combobox', { name: /Kind/ }).click();
    await page.getByRole('option', { name: /^Glossary/ }).click();
    await expect
      .poll(() =>
        page
          .locator('.search-result')
          .evaluateAll((all) => all.map((result) => result.querySelector('.search-kind')?.textContent)),
      )
      .toSatisfy((kinds: readonly unknown[]) => kinds.length > 0 && kinds.every((kind) => kind === 'Glossary'));
    expect(await page.getByRole('combobox', { name: /Chapter/ }).count()).toBe(1);
    // A second kind beside the first: either will do.
    const found = async () => Number.parseInt(await page.locator('pagefind-summary').innerText(), 10);
    const before = await found();
    await page.getByRole('option', { name: /^Text/ }).click();
    await expect.poll(found).toBeGreaterThan(before);
    await page.close();
  });

  it('reads what it is narrowed by when a reader goes there, and shows it for the whole course before a query', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    await field(page).fill('generator');
    await results(page).first().waitFor();
    const asked = () => site.requests.some((path) => path.includes('places'));
    expect(asked()).toBe(false);
    const options = page.getByRole('option', { name: /^Glossary, \d+ result/ });
    const shown = async () => Number(/\d+/.exec((await options.getAttribute('aria-label')) ?? '')?.[0]);
    await page.getByRole('combobox', { name: /Kind/ }).click();
    await options.waitFor();
    const found = await shown();
    expect(asked()).toBe(true);
    await field(page).fill('');
    await expect.poll(shown).toBeGreaterThan(found);
    await page.close();
  });

  it('asks for what was typed when the words that it would be mended by do not come', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.route('**/pagefind/words/*', (route) => route.abort());
    await page.keyboard.press('/');
    await field(page).fill('generator');
    await results(page).first().waitFor();
    await page.close();
  });

  it('takes a straight apostrophe and a typographic one for the same, in words and in phrases', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    const found = async (query: string): Promise<readonly (string | null)[]> => {
      await field(page).fill(query);
      await page
        .getByText(`for ${query.replace(/[“”]/g, '"')}`, { exact: false })
        .first()
        .waitFor();
      await results(page).first().waitFor();
      return results(page).evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    };
    for (const [straight, curly] of [
      ["don't", 'don’t'],
      ["doesn't prevent", 'doesn’t prevent'],
      ['"doesn\'t prevent"', '"doesn’t prevent"'],
    ] as const) {
      const first = await found(straight);
      expect(first.length).toBeGreaterThan(0);
      expect(await found(curly)).toEqual(first);
    }
    await page.close();
  });

  it('shows in excerpts the words of the course, none of them run together', async () => {
    await using site = await serveSite();
    const pages = await pagesIn(folder);
    const records = await Promise.all(
      pages.map(async (page) => recordsOf(await readFile(join(folder, page), 'utf8'), page)),
    );
    const words = new Map(
      records.flat().map(({ url, text, title }) => [site.url(url), new Set(`${text} ${title}`.split(/\s+/))]),
    );
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    let read = 0;
    for (const query of ['lock', 'generator', 'RLock owner', 'deadlock', 'event loop', 'thread', 'coroutine']) {
      await field(page).fill(query);
      await page.getByText(`for ${query}`).first().waitFor();
      await results(page).first().waitFor();
      const shown = await page
        .locator('.search-result')
        .evaluateAll((all) =>
          all.map((one) => [
            one.querySelector('a')?.href ?? '',
            one.querySelector<HTMLElement>('.search-excerpt')?.innerText ?? '',
          ]),
        );
      for (const [url = '', excerpt = ''] of shown) {
        // Dots end an excerpt that stops before the text does, and stand for the middle of a long sentence.
        const strange = excerpt
          .split(/\s+/)
          .filter(
            (word) =>
              !['', '…'].includes(word) &&
              words.get(url)?.has(word) !== true &&
              words.get(url)?.has(word.replace(/…$/u, '')) !== true,
          );
        expect(strange, `${query}: ${url}`).toEqual([]);
        read += 1;
      }
    }
    expect(read).toBeGreaterThan(20);
    await page.close();
  });

  it.each([390, 1280])('without a network it says so, and leads to what the page knows, at %i px', async (width) => {
    await using site = await serveSite();
    const page = await openAt(site.url('generator-concurrency/'), {
      viewport: { width, height: 844 },
      bypassCSP: true,
    });
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Search' }).click();
    const dialog = page.getByRole('dialog', { name: 'Search did not open' });
    await dialog.getByText('This device is offline').waitFor();
    // In the page's own colours and type, and no wider than the screen.
    const look = await dialog.evaluate((element) => {
      const { backgroundColor, color, borderTopWidth } = getComputedStyle(element);
      const page = getComputedStyle(document.body);
      return {
        same: backgroundColor === page.backgroundColor && color === page.color && borderTopWidth === '0px',
        over: element.scrollWidth - element.clientWidth,
      };
    });
    expect(look).toEqual({ same: true, over: 0 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await dialog.getByRole('link', { name: 'Under the hood' }).isVisible()).toBe(true);
    expect(await page.locator('#outline').count()).toBe(1);
    // axe comes from the test's own disk, not from the network.
    await bringAxe(page);
    expect(await faultsInBothThemes(page, ['dialog[open]'])).toEqual([]);
    if (width < 1000) {
      await dialog.getByRole('link', { name: 'Exercises' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await expect
        .poll(() => page.locator('#exercises').evaluate((one) => one.getBoundingClientRect().top))
        .toBeLessThan(160);
      await page.getByRole('button', { name: 'Search' }).click();
    }
    await page.context().setOffline(false);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await field(page).waitFor();
    await page.close();
  });

  it('does not say that there is nothing when the network is gone since it was opened, and finds it later', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.keyboard.press('/');
    await field(page).fill('generator');
    await results(page).first().waitFor();
    await page.context().setOffline(true);
    await field(page).fill('deadlock');
    const said = page.locator('#search-dialog').getByText(/could not be loaded\. Check the connection/u);
    await said.first().waitFor();
    expect(await page.getByText('No results').count()).toBe(0);
    await page.context().setOffline(false);
    await field(page).fill('');
    await field(page).fill('deadlock');
    await results(page).first().waitFor();
    expect(await said.count()).toBe(0);
    await field(page).fill('qqzzxx');
    await page.getByText('No results').first().waitFor();
    await page.close();
  });

  it.each([390, 768, 1280])('the lists that narrow it are within the screen, at %i px', async (width) => {
    await using site = await serveSite();
    const page = await openAt(site.home, { viewport: { width, height: 844 } });
    await page.keyboard.press('/');
    await field(page).fill('generator');
    await results(page).first().waitFor();
    for (const name of [/Chapter/, /Kind/]) {
      await page.getByRole('combobox', { name }).click();
      const option = page.getByRole('option').first();
      await option.waitFor();
      const at = await page.locator('.pf-dropdown-menu:visible').boundingBox();
      expect(at?.x, `${name}`).toBeGreaterThanOrEqual(0);
      expect((at?.x ?? 0) + (at?.width ?? width + 1), `${name}`).toBeLessThanOrEqual(width);
      await page.getByRole('combobox', { name }).click();
    }
    await page.close();
  });

  it('says why when it cannot be loaded, and opens once it can', async () => {
    await using site = await serveSite();
    const page = await openAt(site.home);
    await page.route('**/pagefind/pagefind.js*', (route) => route.abort());
    await page.keyboard.press('/');
    const failure = page.getByRole('dialog', { name: 'Search did not open' });
    await failure.getByText(/could not be loaded/).waitFor();
    await failure.getByRole('button', { name: 'Close' }).click();
    await page.unroute('**/pagefind/pagefind.js*');
    await page.keyboard.press('/');
    await field(page).waitFor();
    await page.close();
  });

  it.each([390, 1280])('has no accessibility fault at %i px, light and dark', async (width) => {
    await using site = await serveSite();
    // The policy of the page would refuse axe itself.
    const page = await openAt(site.home, { viewport: { width, height: 800 }, bypassCSP: true });
    await page.keyboard.press('/');
    await field(page).fill('generator');
    await results(page).first().waitFor();
    await bringAxe(page);
    expect(await faultsInBothThemes(page, ['#search-dialog'])).toEqual([]);
    await page.close();
  });
});
