/** Light and dark in WebKit: the system's is followed, a choice is kept from page to page, and text can be read in both. */
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readComplaints } from './support/complaints.ts';
import { missing, openWebKit, widths, type WebKitPage } from './support/webkit.ts';

const chapter = 'iterators-and-generators/';

const scheme = ({ driver }: WebKitPage) =>
  driver.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
const paper = ({ driver }: WebKitPage) => driver.evaluate(() => getComputedStyle(document.body).backgroundColor);
const chosen = ({ driver }: WebKitPage) => driver.evaluate(() => document.documentElement.dataset['theme']);

async function choose(open: WebKitPage, theme: 'dark' | 'light' | 'system'): Promise<void> {
  await open.press('.settings-open');
  await open.press(`.reader-menu label:has([name="theme"][value="${theme}"])`);
  await open.driver.press('Escape');
}

/** What axe finds of text that does not stand out, of all that is laid out. */
async function pale({ driver }: WebKitPage): Promise<readonly string[]> {
  await driver.addScript(axe.source);
  return driver.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { runOnly: ['color-contrast'], resultTypes: ['violations'] });
    return violations.flatMap(({ nodes }) => nodes.map(({ html }) => html.slice(0, 160)));
  });
}

describe.skipIf(missing)('the theme in WebKit', () => {
  let light: WebKitPage;
  let dark: WebKitPage;
  beforeAll(async () => {
    light = await openWebKit();
    dark = await openWebKit('--dark-mode');
  });
  afterAll(async () => {
    await light[Symbol.asyncDispose]();
    await dark[Symbol.asyncDispose]();
  });

  it('is the system’s where none is chosen', async () => {
    await light.open(chapter);
    await dark.open(chapter);
    expect([await chosen(light), await chosen(dark)]).toEqual([null, null]);
    expect(await paper(light)).not.toBe(await paper(dark));
  });

  it.each(widths)('is kept at %i px on every page and after a reload, and System keeps nothing', async (width) => {
    await light.open(chapter, width);
    const before = await paper(light);
    await choose(light, 'dark');
    expect(await chosen(light)).toBe('dark');
    const after = await paper(light);
    expect(after).not.toBe(before);
    expect(await scheme(light)).toBe('dark');
    await light.open('glossary/', width);
    expect([await chosen(light), await paper(light)]).toEqual(['dark', after]);
    await light.driver.reload();
    expect([await chosen(light), await paper(light)]).toEqual(['dark', after]);
    await choose(light, 'system');
    expect([await chosen(light), await paper(light)]).toEqual([null, before]);
    expect(await light.driver.evaluate(() => localStorage.length)).toBe(0);
  });

  it('is light where a reader of a dark system chooses it', async () => {
    await dark.open('');
    await light.open('');
    await choose(dark, 'light');
    expect(await paper(dark)).toBe(await paper(light));
    await choose(dark, 'system');
    expect(await paper(dark)).not.toBe(await paper(light));
  });

  it.each(widths)('leaves all text of a chapter readable at %i px, light and dark', async (width) => {
    for (const open of [light, dark]) {
      await open.open(chapter, width);
      expect(await pale(open)).toEqual([]);
    }
  });

  it('did all that without a complaint', async () => {
    expect([...(await readComplaints(light.driver)), ...(await readComplaints(dark.driver))]).toEqual([]);
  });
});
