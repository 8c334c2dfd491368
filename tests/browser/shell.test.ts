/** The shell in a real browser: theme, outline, skip link, sections, print, missing pages, and a page without scripts. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { serveSite } from './support/site.ts';
import type { Site } from './support/site.ts';

const chapter = 'iterators-and-generators/';
const small = { viewport: { width: 390, height: 844 } };
const wide = { viewport: { width: 1280, height: 900 } };

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
});

const paper = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

describe.each(['/', '/deep/sub/path/'])('served at %s', (under) => {
  let site: Site;
  beforeAll(async () => {
    site = await serveSite({ under });
  });
  afterAll(async () => {
    await site[Symbol.asyncDispose]();
  });

  async function open(path: string, options: BrowserContextOptions = wide): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(site.url(path));
    return page;
  }

  test('a chosen theme is there before the next page is painted, and the system’s comes back', async () => {
    const page = await open('', { ...wide, colorScheme: 'light' });
    const light = await paper(page);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    const dark = await paper(page);
    expect(dark).not.toBe(light);
    // The body's first frame already has the paper of the choice, long before any module runs.
    await page.addInitScript(() => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('body') === null) return;
        seen.disconnect();
        document.documentElement.dataset['atFirst'] = document.documentElement.dataset['theme'] ?? 'none';
      });
      seen.observe(document, { childList: true, subtree: true });
    });
    await page.goto(site.url(chapter));
    expect(await page.evaluate(() => document.documentElement.dataset['atFirst'])).toBe('dark');
    expect(await paper(page)).toBe(dark);
    await page.getByRole('button', { name: 'Settings' }).click();
    expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
    await page.getByRole('group', { name: 'Theme' }).getByRole('radio', { name: 'System' }).check();
    expect(await paper(page)).toBe(light);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.context().close();
  });

  test('a missing page says so at any depth and finds the way home', async () => {
    const page = await open('no/such/page/at/all/');
    await page.getByRole('link', { name: 'Go to the course’s first page' }).click();
    await page.waitForURL(site.home);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('A course for tests');
    await page.context().close();
  });

  test('the next chapter’s link leads to the next chapter', async () => {
    const page = await open(chapter);
    await page.locator('a[rel=next]').click();
    await page.waitForURL(site.url('what-python-executes/'));
    expect(await page.locator('a[rel=prev]').getAttribute('href')).toContain('iterators-and-generators');
    await page.context().close();
  });
});

describe('a chapter', () => {
  let site: Site;
  beforeAll(async () => {
    site = await serveSite();
  });
  afterAll(async () => {
    await site[Symbol.asyncDispose]();
  });

  async function open(path: string, options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(site.url(path));
    return page;
  }

  test('has its outline in a dialog on a phone, by keyboard alone, and gives focus back', async () => {
    const page = await open(chapter, small);
    const button = page.getByRole('button', { name: 'Chapters' });
    await button.focus();
    await page.keyboard.press('Enter');
    const current = page.getByRole('dialog', { name: 'Chapters' }).locator('[aria-current=page]');
    await current.waitFor({ state: 'visible' });
    expect(await current.getAttribute('href')).toContain('iterators-and-generators');
    await page.keyboard.press('Escape');
    await current.waitFor({ state: 'hidden' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.context().close();
  });

  test.each(['threading-thread/', 'threading-timers-daemons-helpers/'])(
    'fits a phone with the largest text, and breaks no name in a table: %s',
    async (path) => {
      const page = await open(path, small);
      const broken = (): Promise<readonly string[]> =>
        page
          .locator('.table-scroll code')
          .evaluateAll((all) =>
            all
              .filter((code) => !/[\s/-]/.test(code.textContent) && code.getClientRects().length > 1)
              .map((code) => code.textContent),
          );
      expect(await page.locator('.table-scroll code').count()).toBeGreaterThan(0);
      expect(await broken()).toEqual([]);
      await page.evaluate(() => {
        localStorage.setItem('textsize', 'largest');
      });
      await page.reload();
      expect(await broken()).toEqual([]);
      const tooWide = page.locator('html, .site-header .bar-button:visible');
      expect(
        await tooWide.evaluateAll((all) =>
          all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.tagName),
        ),
      ).toEqual([]);
      await page.context().close();
    },
  );

  test.each([320, 390])(
    'fits a phone of %i px with the browser’s text at twice its size, on every kind of page',
    async (width) => {
      const page = await open('', { viewport: { width, height: 800 } });
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
      for (const path of ['', chapter, 'glossary/', 'what-is-real/', 'playground/']) {
        await page.goto(site.url(path));
        expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(width);
        for (const name of ['Chapters', 'Search', 'Settings']) {
          const button = await page.getByRole('button', { name, exact: true }).boundingBox();
          expect(button?.x, name).toBeGreaterThanOrEqual(0);
          expect((button?.x ?? 0) + (button?.width ?? 0), name).toBeLessThanOrEqual(width);
        }
        // The way home is there whole: the name, or its sign where there is no room for a word.
        const brand = page.locator('.site-header').getByRole('link', { name: 'A course for tests', exact: true });
        expect(
          await brand.evaluate((link) => [...link.children].some((part) => part.clientWidth >= part.scrollWidth)),
        ).toBe(true);
        expect((await brand.boundingBox())?.width).toBeGreaterThanOrEqual(32);
        // The menu of a cell opens within the screen.
        const menu = page.locator('.cell-menu');
        if ((await menu.count()) === 0) continue;
        await menu.first().locator('summary').click();
        const items = await menu.first().locator('.cell-menu-items').boundingBox();
        expect(items?.x, path).toBeGreaterThanOrEqual(0);
        expect((items?.x ?? 0) + (items?.width ?? width), path).toBeLessThanOrEqual(width);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(width);
      }
      await page.context().close();
    },
  );

  test('draws icons as large as the text beside them', async () => {
    const page = await open(chapter, wide);
    const widths = (): Promise<readonly number[]> =>
      page.locator('svg.lucide').evaluateAll((all) => all.map((icon) => parseFloat(getComputedStyle(icon).width)));
    const usual = await widths();
    expect(usual.length).toBeGreaterThan(8);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
    await page.reload();
    expect((await widths()).map((size, at) => size / (usual[at] ?? 0))).toEqual(usual.map(() => 2));
    await page.context().close();
  });

  test.each([
    [1280, 'normal', 3],
    [1280, 'large', 2],
    [1280, 'largest', 1],
    [1920, 'normal', 3],
    [1920, 'largest', 3],
    [768, 'normal', 1],
    [768, 'largest', 1],
  ])('at %i px with %s text has %i columns, none of them squeezed', async (width, size, columns) => {
    const page = await open(chapter, { viewport: { width, height: 900 } });
    await page.evaluate((chosen) => {
      localStorage.setItem('textsize', chosen);
    }, size);
    await page.reload();
    const outline = await page.locator('.outline-column').isVisible();
    const toc = await page.locator('.toc-column').isVisible();
    expect([outline, toc]).toEqual([columns > 1, columns > 2]);
    expect(await page.getByRole('button', { name: 'Chapters' }).isVisible()).toBe(columns === 1);
    // The lines of prose are as long as they should be, or as the screen allows.
    const [text, ems] = await page
      .locator('.prose > p:not(.lead)')
      .first()
      .evaluate((paragraph) => {
        const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
        return [paragraph.getBoundingClientRect().width / rem, innerWidth / rem] as const;
      });
    expect(text).toBeGreaterThanOrEqual(Math.min(38, ems - 2.5));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  test('gives the outline back to its column when that has room again', async () => {
    const page = await open(chapter, small);
    await page.getByRole('button', { name: 'Chapters' }).click();
    await page.getByRole('dialog', { name: 'Chapters' }).waitFor();
    await page.setViewportSize(wide.viewport);
    await page.getByRole('dialog', { name: 'Chapters' }).waitFor({ state: 'hidden' });
    await page.locator('.outline-column .outline').waitFor();
    await page.context().close();
  });

  test('reports no fault when a change of page is cut short', async () => {
    const page = await open(chapter, wide);
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    const begun: string[] = [];
    page.on('console', (message) => begun.push(message.text()));
    await page.addInitScript(() => {
      addEventListener('pageswap', (event) => {
        if (Reflect.get(event, 'viewTransition') !== null) console.log('pageswap');
      });
    });
    await page.reload();
    // Another link is followed before the first has led anywhere.
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('a[rel=next]')?.click();
      setTimeout(() => document.querySelector<HTMLElement>('a[rel=prev]')?.click());
    });
    await page.waitForURL(site.url('concurrency-vs-parallelism/'));
    // The window is made smaller while the new page comes.
    await page.locator('a[rel=next]').click({ noWaitAfter: true });
    await page.waitForURL(site.url(chapter), { waitUntil: 'commit' });
    await page.setViewportSize({ width: 700, height: 900 });
    await page.waitForLoadState();
    await expect.poll(() => begun.filter((name) => name === 'pageswap').length).toBeGreaterThan(1);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('gives titles in its outline the whole width', async () => {
    const page = await open(chapter, wide);
    const room = await page
      .locator('.outline-item')
      .first()
      .evaluate((item) => {
        const title = item.children[1];
        const end = item.getBoundingClientRect().right - parseFloat(getComputedStyle(item).paddingRight);
        return end - (title?.getBoundingClientRect().right ?? 0);
      });
    expect(room).toBeLessThan(8);
    await page.context().close();
  });

  test('lets the first Tab skip to its content', async () => {
    const page = await open(chapter, wide);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.context().close();
  });

  test('marks the section that is being read', async () => {
    const page = await open(chapter, wide);
    // Nothing is marked before a reader acts.
    await page.mouse.move(5, 5);
    for (const id of ['for-by-hand', 'stopiteration']) {
      await page.evaluate((section) => {
        document.getElementById(section)?.scrollIntoView();
      }, id);
      await page.locator(`[data-toc] a[href$="#${id}"][aria-current]`).waitFor();
      expect(await page.locator('[data-toc] [aria-current]').count()).toBe(1);
    }
    await page.context().close();
  });

  test('is complete without scripts: text, samples, outputs, and a way to the other chapters', async () => {
    for (const size of [small, wide]) {
      const page = await open(chapter, { ...size, javaScriptEnabled: false });
      const cells = page.locator('py-cell');
      expect(await cells.count()).toBeGreaterThan(10);
      // Closed disclosures open by themselves: the browser does that, not a script.
      const closed = page.locator('main details:not([open]) > summary').filter({ visible: true });
      while ((await closed.count()) > 0) await closed.first().click();
      await expect.poll(() => page.locator('py-cell pre').filter({ visible: false }).count()).toBe(0);
      const other = page.getByRole('navigation', { name: 'Course' }).getByRole('link', { name: 'Under the hood' });
      expect(await other.isVisible()).toBe(true);
      expect(await page.getByRole('button', { name: 'Search' }).isVisible()).toBe(false);
      await page.context().close();
    }
  });

  test('prints its text and outputs, and none of the chrome', async () => {
    const page = await open(chapter, wide);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.site-header').isVisible()).toBe(false);
    expect(await page.getByRole('navigation', { name: 'Course' }).isVisible()).toBe(false);
    const buttons = page.getByRole('button').filter({ visible: true });
    expect(await buttons.evaluateAll((all) => all.map((one) => one.outerHTML))).toEqual([]);
    const outputs = page.locator('.cell-output pre');
    expect(await outputs.count()).toBeGreaterThan(0);
    expect(await outputs.filter({ visible: false }).count()).toBe(0);
    const wider = await page
      .locator('pre')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length);
    expect(wider).toBe(0);
    await page.context().close();
  });

  test('never scrolls sideways', async () => {
    for (const width of [320, 390, 800, 1280]) {
      const page = await open(chapter, { viewport: { width, height: 800 } });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([width, over]).toEqual([width, Math.min(over, 0)]);
      await page.context().close();
    }
  });
});
