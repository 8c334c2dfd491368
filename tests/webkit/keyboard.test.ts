/** The keyboard in WebKit: the focus goes through a page in order and is seen, and the keys of the map do what it says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocks, buttonOf, cellAt, ended } from './support/cells.ts';
import { readComplaints } from './support/complaints.ts';
import { missing, openWebKit, widths, type WebKitPage } from './support/webkit.ts';

const chapter = 'what-python-executes/';

describe.skipIf(missing)('the keyboard in WebKit', () => {
  let open: WebKitPage;
  beforeAll(async () => {
    open = await openWebKit();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const press = async (...chords: readonly string[]): Promise<void> => {
    for (const chord of chords) await open.driver.press(chord);
  };
  const focused = (selector: string) =>
    open.driver.evaluate((selector) => document.activeElement?.matches(selector) === true, selector);
  const focus = (selector: string) =>
    open.driver.evaluate((selector) => {
      document.querySelector<HTMLElement>(selector)?.focus();
    }, selector);

  describe.each(widths)('at %i px', (width) => {
    it('the first Tab skips to the content', async () => {
      await open.open(chapter, width);
      await press('Tab', 'Enter');
      await expect.poll(() => focused('#main')).toBe(true);
    });

    it('Tab goes through the page in its order, and what has the focus is in the window and marked', async () => {
      await open.open(chapter, width);
      /** What is wrong with how the focus is shown; the editor of code takes its place, and its mark, a little later. */
      const hidden = () =>
        open.driver.evaluate(() => {
          const now = document.activeElement;
          if (now === null || now === document.body) return 'nothing has the focus';
          const { top, bottom, left, right } = now.getBoundingClientRect();
          if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) return `away: ${now.outerHTML}`;
          // An editor is marked around all of it.
          const { outlineStyle, outlineWidth } = getComputedStyle(now.closest('.cm-editor') ?? now);
          return outlineStyle === 'none' || parseFloat(outlineWidth) === 0 ? `no mark: ${now.outerHTML}` : 'no';
        });
      /** Whether what has the focus comes after what had it when this was last asked. */
      const follows = () =>
        open.driver.evaluate(() => {
          const now = document.activeElement;
          // What code and its editor stand in stays when one takes the place of the other.
          const place = now?.closest('.cell-source') ?? now;
          const { placeBefore: before } = globalThis as unknown as { placeBefore?: Element };
          Object.assign(globalThis, { placeBefore: place });
          if (!before || !place) return true;
          return (before.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
        });
      for (let step = 1; step <= 40; step += 1) {
        await press('Tab');
        await expect.poll(hidden, { message: `after ${step} Tabs` }).toBe('no');
        expect(await follows(), `after ${step} Tabs`).toBe(true);
      }
    });

    it('? opens the map of keys, Escape closes it and gives the focus back', async () => {
      await open.open(chapter, width);
      await focus('[data-search-open]');
      await press('?');
      await expect.poll(() => open.shown('dialog[open] .reader-keys')).toBe(true);
      expect(await open.driver.accessibleName('dialog[open]')).toBe('Keys');
      await press('Escape');
      await expect.poll(() => open.shown('.reader-keys')).toBe(false);
      expect(await focused('[data-search-open]')).toBe(true);
    });
  });

  it('the chapters of a phone are a dialog that is worked by keyboard', async () => {
    await open.open(chapter, 390);
    expect(await open.shown('#outline')).toBe(false);
    await focus('[data-outline-open]');
    await press('Enter');
    await expect.poll(() => open.shown('.outline-dialog #outline [aria-current="page"]')).toBe(true);
    await press('Escape');
    await expect.poll(() => open.shown('#outline')).toBe(false);
    expect(await focused('[data-outline-open]')).toBe(true);
  });

  it('a theme is chosen by keyboard alone, and Escape gives the focus back', async () => {
    await open.open(chapter);
    await focus('.settings-open');
    await press('Enter');
    await expect.poll(() => open.shown('.reader-menu')).toBe(true);
    await press('Tab', 'ArrowDown');
    const theme = () => open.driver.evaluate(() => document.documentElement.dataset['theme']);
    expect(await theme()).toBe('light');
    await press('ArrowUp');
    expect(await theme()).toBeNull();
    await press('Escape');
    await expect.poll(() => open.shown('.reader-menu')).toBe(false);
    expect(await focused('.settings-open')).toBe(true);
  });

  describe('in a cell', () => {
    const editor = (id: string) => `${cellAt(id)} .cm-content`;
    const text = (id: string) =>
      open.driver.evaluate(
        (lines) => [...document.querySelectorAll(lines)].map((line) => line.textContent).join('\n'),
        `${cellAt(id)} .cm-line`,
      );
    /** Opens the editor by keyboard and replaces what is in it. */
    async function write(id: string, source: string): Promise<void> {
      await focus(`${cellAt(id)} pre.code`);
      await expect.poll(() => focused(editor(id))).toBe(true);
      await press('Control+a');
      await open.driver.type(source);
    }

    beforeAll(() => open.open(chapter));

    // First, while nothing that runs cells has been loaded: WebKit opens the clipboard only in the turn of the press.
    it('the code is copied as it was typed, before anything ran', async () => {
      await write('unbound', 'copied = "ä → b"');
      await press('Escape');
      await focus(buttonOf('unbound', 'copy'));
      await press('Enter');
      await expect.poll(() => open.texts(cellAt('unbound'))).toEqual([expect.stringContaining('Copied')]);
      await write('immortal', '');
      await press('Control+v');
      await expect.poll(() => text('immortal')).toBe('copied = "ä → b"');
      await press('Control+Enter');
      await ended(open, 'immortal');
    });

    it.each([
      ['Control+Enter', 'cache-edges'],
      ['Shift+Enter', 'lookup-on-type'],
    ])('%s runs what was typed', async (keys, id) => {
      await write(id, `print("typed", 6 * 7)`);
      await press(keys);
      await ended(open, id);
      expect(await blocks(open, id)).toEqual([['stdout', 'typed 42\n']]);
      expect(await focused(editor(id))).toBe(true);
    });

    it('Tab indents, and Shift Tab takes it back; after Escape, Tab leaves the code', async () => {
      await write('call-three-ways', 'x = 1');
      await press('Tab');
      expect(await text('call-three-ways')).toBe('    x = 1');
      await press('Shift+Tab');
      expect(await text('call-three-ways')).toBe('x = 1');
      await press('Escape', 'Tab');
      expect(await focused(editor('call-three-ways'))).toBe(false);
    });

    it('a line is moved, and undone, and what was undone comes back', async () => {
      await write('code-tables', 'a = 1\nb = 2');
      await press('Alt+ArrowUp');
      expect(await text('code-tables')).toBe('b = 2\na = 1');
      await press('Control+z');
      expect(await text('code-tables')).toBe('a = 1\nb = 2');
      await press('Control+y');
      expect(await text('code-tables')).toBe('b = 2\na = 1');
    });

    it('a word is found, and Escape goes back to the code', async () => {
      await write('load-small-int', 'first = 1\nsecond = first');
      await press('Control+f');
      await expect.poll(() => focused(`${cellAt('load-small-int')} .cm-search [name="search"]`)).toBe(true);
      await open.driver.type('second');
      await press('Enter');
      await expect.poll(() => open.texts(`${cellAt('load-small-int')} .cm-searchMatch-selected`)).toEqual(['second']);
      await press('Escape');
      expect(await focused(editor('load-small-int'))).toBe(true);
    });

    it('a name is completed from the interpreter that runs', async () => {
      await write('not-callable', 'sort');
      await press('Control+Space');
      await expect.poll(() => open.texts('.cm-completionLabel'), { timeout: 100_000 }).toContain('sorted');
    });

    it('focus goes from Run to Stop and back', async () => {
      await write('nan', 'print("going")\nwhile True: pass');
      await focus(buttonOf('nan', 'run'));
      await press('Enter');
      await expect.poll(() => open.texts(`${cellAt('nan')} .out`), { timeout: 100_000 }).toEqual(['going\n']);
      await expect.poll(() => focused(buttonOf('nan', 'stop'))).toBe(true);
      await press('Enter');
      await ended(open, 'nan');
      await expect.poll(() => focused(buttonOf('nan', 'run'))).toBe(true);
    });
  });

  it('did all that without a complaint', async () => {
    // WebKit styles what is typed over a selection as that was, and the policy refuses the attribute. The editor colours
    // the line itself, so nothing is lost.
    const ofWebKit = /^policy: style-src-attr refuses inline in <div class="cm-line">/;
    await open.open(chapter);
    const complaints = await readComplaints(open.driver);
    expect(complaints.filter((complaint) => !ofWebKit.test(complaint))).toEqual([]);
  });
});
