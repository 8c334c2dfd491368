/** Reading in WebKit: pages are whole and fit their window, headings lead, outputs stand as recorded, with scripts and without. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pagesIn } from '../../src/build/pages.ts';
import { blocks } from './support/cells.ts';
import { readComplaints } from './support/complaints.ts';
import { recordedOutputs } from './support/recorded.ts';
import { missing, openWebKit, widths, type WebKitPage } from './support/webkit.ts';

const chapter = 'threading-thread/';

/** Elements that a reader cannot see whole: wider than the window and in nothing that scrolls. */
const cutOff = ({ driver }: WebKitPage): Promise<readonly string[]> =>
  driver.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && element !== document.body && element !== document.documentElement
        ? ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement)
        : false;
    return [...document.querySelectorAll('main :is(p, h1, h2, h3, li, pre, table, svg, button, summary)')]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }))
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(each))
      .map((each) => each.outerHTML.slice(0, 120));
  });

describe.skipIf(missing)('in WebKit', () => {
  let open: WebKitPage;
  beforeAll(async () => {
    open = await openWebKit();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  describe.each(widths)('at %i px', (width) => {
    it('every page loads without a complaint, and nothing in it is wider than the window', async () => {
      for (const file of await pagesIn(inject('siteFolder'))) {
        await open.open(file.replace(/index\.html$/, ''), width);
        const over = await open.driver.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([file, Math.max(over, 0), await cutOff(open)]).toEqual([file, 0, []]);
      }
      expect(await readComplaints(open.driver)).toEqual([]);
    });

    it('a chapter has one title, and headings that skip no level, all of them shown', async () => {
      await open.open(chapter, width);
      const headings = await open.driver.evaluate(() =>
        [...document.querySelectorAll('main :is(h1, h2, h3, h4)')].map((each) => ({
          level: Number(each.tagName.slice(1)),
          text: each.textContent.trim(),
          shown: each.checkVisibility({ visibilityProperty: true }),
        })),
      );
      expect(headings.filter(({ level }) => level === 1)).toHaveLength(1);
      expect(headings.length).toBeGreaterThan(10);
      const skipped = headings.filter(({ level }, at) => at > 0 && level > (headings[at - 1]?.level ?? 0) + 1);
      expect(skipped).toEqual([]);
      expect(headings.filter(({ text, shown }) => text === '' || !shown)).toEqual([]);
    });

    it('every recorded output of a chapter stands under its cell, character for character', async () => {
      await open.open(chapter, width);
      const recorded = recordedOutputs('threading-thread');
      expect(recorded.length).toBeGreaterThan(20);
      for (const [id, text] of recorded) {
        const shown = await blocks(open, id);
        expect([id, shown.map(([, each]) => each).join('')]).toEqual([id, text]);
      }
    });

    it('no option in a sentence is parted from its hyphen at the end of a line', async () => {
      const options: string[] = [];
      for (const path of [chapter, 'threading-timers-daemons-helpers/']) {
        await open.open(path, width);
        const found = await open.driver.evaluate(() => {
          const sheet = new CSSStyleSheet();
          // What is far from the window has no lines else.
          sheet.insertRule('* { content-visibility: visible !important }');
          document.adoptedStyleSheets.push(sheet);
          return [...document.querySelectorAll('main :not(pre) > code')]
            .flatMap((code) => [...code.textContent.matchAll(/(?<!\S)-\w+/g)].map((match) => ({ code, match })))
            .map(({ code, match: { 0: option, index } }) => {
              const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
              let text = walker.nextNode();
              while (text?.textContent && index >= text.textContent.length) {
                index -= text.textContent.length;
                text = walker.nextNode();
              }
              if (!text) return `${option}: not found`;
              const range = document.createRange();
              range.setStart(text, index);
              range.setEnd(text, index + 2);
              return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size === 1
                ? option
                : `${option} is parted in ${code.textContent}`;
            });
        });
        options.push(...found);
      }
      expect(options.filter((option) => option.includes(' '))).toEqual([]);
      expect(options.length).toBeGreaterThan(4);
    });

    it('a section is reached from the list of the page, and its heading is not under the bar', async () => {
      await open.open(chapter, width);
      const list = width < 1200 ? '.toc-inline' : '.toc-column';
      if (width < 1200) await open.press(`${list} summary`);
      await open.press(`${list} [href$="#names-and-numbers"]`);
      const top = () =>
        open.driver.evaluate(() => {
          const bar = document.querySelector('.site-header')?.getBoundingClientRect().bottom ?? 0;
          return (document.getElementById('names-and-numbers')?.getBoundingClientRect().top ?? NaN) - bar;
        });
      await expect.poll(top).toBeGreaterThanOrEqual(0);
      expect(await top()).toBeLessThan(200);
    });

    it('the next chapter is one press away', async () => {
      await open.open(chapter, width);
      await open.press('a[rel=next]');
      await expect
        .poll(() => open.driver.evaluate(() => location.href))
        .toBe(open.site.url('threading-timers-daemons-helpers/'));
    });
  });

  it('outlives a list item with many names in code, however wide it is', async () => {
    // A browser of its own: one that does not outlive it answers no more.
    await using other = await openWebKit();
    await other.open('guide/');
    const heights = await other.driver.evaluate(() => {
      const parts = [
        'monkey_patching',
        'core_fork',
        'environ',
        'issue1686',
        'issue230',
        'issues461_471',
        'fork_atomic',
      ];
      const item = document.createElement('li');
      item.append('They fork or start a process. ');
      for (const part of [...parts, ...parts]) {
        const code = document.createElement('code');
        code.textContent = `gevent.tests.test__${part}`;
        item.append(code, ', ');
      }
      const list = document.createElement('ul');
      list.append(item);
      document.querySelector('.prose')?.append(list);
      return Array.from({ length: 40 }, (_, at) => {
        list.style.width = `${300 + 10 * at}px`;
        return item.getBoundingClientRect().height;
      });
    });
    expect(heights).toHaveLength(40);
    expect(Math.min(...heights)).toBeGreaterThan(0);
  });

  describe('without scripts', () => {
    let plain: WebKitPage;
    beforeAll(async () => {
      plain = await openWebKit('--enable-javascript=false');
    });
    afterAll(() => plain[Symbol.asyncDispose]());

    it.each(widths)('a chapter is whole at %i px, and has no button that cannot act', async (width) => {
      await plain.open(chapter, width);
      const counts = await plain.driver.evaluate(() => {
        const visible = (selector: string) =>
          [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility({ visibilityProperty: true }))
            .length;
        return {
          alive: document.querySelectorAll('py-cell:defined').length,
          // Those of exercises have no output, or hide it.
          cells: visible('py-cell:not(py-exercise *) .cell'),
          provenances: visible('py-cell:not(py-exercise *) .cell-provenance'),
          outputs: visible('py-cell .out'),
          buttons: visible('button'),
        };
      });
      expect(counts).toMatchObject({ alive: 0, buttons: 0, provenances: counts.cells });
      expect(counts.cells).toBeGreaterThan(20);
      expect(counts.outputs).toBeGreaterThan(20);
    });
  });
});
