/** What authors write in chapters besides cells, as readers get it: by keyboard, on a phone, on paper, without JavaScript. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { frontmatter } from '../unit/chapters/course-on-disk.ts';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { copyProject, project } from './support/project-copy.ts';
import { serveSite, type Site } from './support/site.ts';

const chapter = `${frontmatter(1)}
## Choices {#choices}

<Tabs label="Ways to wait">
<Tab label="By a lock">

The lock’s own words.

### A heading in the first tab {#in-the-first}

</Tab>
<Tab label="By a queue & more">

The queue’s own words.

### A heading in the second tab {#in-the-second}

</Tab>
<Tab label="By a poll">

The poll’s own words.

</Tab>
</Tabs>

<Columns>
<Column title="Before">

\`\`\`python
before = 'a line of code that is as long as lines of code may be in a chapter of this course, or longer'
\`\`\`

</Column>
<Column title="After">

\`\`\`python
after = 1
\`\`\`

</Column>
</Columns>

A <Term>generator</Term> and <Api name="len" /> in a sentence.

<Details summary="What lies beneath">

Words beneath.

</Details>

<Details summary="First way" group="ways" open>

Words of the first.

</Details>

<Details summary="Second way" group="ways">

Words of the second.

</Details>

<Aside type="mistake" title="Too early">

Words aside.

</Aside>

<Figure caption="Two boxes." alt="A box beside a box.">
<svg viewBox="0 0 700 40" width="700"><rect class="fig-box" x="1" y="1" width="690" height="30" rx="4" /></svg>
</Figure>

<KeyPoints>

- One point.

</KeyPoints>
`;

let root: string;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  root = copyProject('components');
  mkdirSync(join(root, 'content/01-one'));
  writeFileSync(join(root, 'content/01-one/index.mdx'), chapter);
  execFileSync(join(project, 'node_modules/.bin/astro'), ['build'], {
    cwd: root,
    env: { ...process.env, OUT_DIR: 'dist', NODE_ENV: 'production' },
    stdio: 'pipe',
  });
  site = await serveSite({ folder: join(root, 'dist') });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

async function open(options: BrowserContextOptions = {}, hash = ''): Promise<Page & AsyncDisposable> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(site.url(`one/${hash}`));
  return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() });
}

const shown = (page: Page): Promise<string[]> =>
  page.locator('.tab-panel').filter({ visible: true }).locator('.tab-title ~ p').allInnerTexts();

it('a course that says nothing of what is real has the page all the same, since cells link it', async () => {
  await using page = await open();
  await page.goto(site.url('what-is-real/'));
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('What is real here');
  expect(await page.locator('main h2').count()).toBe(0);
});

it('tabs are one stop of the Tab key; arrows, Home and End choose', async () => {
  await using page = await open();
  await page.getByRole('tablist', { name: 'Ways to wait' }).waitFor();
  const selected = () => page.getByRole('tab', { selected: true }).innerText();
  await page.getByRole('tab', { name: 'By a lock' }).focus();
  expect([await selected(), await shown(page)]).toEqual(['By a lock', ['The lock’s own words.']]);
  for (const [key, name, words] of [
    ['ArrowRight', 'By a queue & more', 'The queue’s own words.'],
    ['ArrowRight', 'By a poll', 'The poll’s own words.'],
    ['ArrowRight', 'By a lock', 'The lock’s own words.'],
    ['End', 'By a poll', 'The poll’s own words.'],
    ['Home', 'By a lock', 'The lock’s own words.'],
    ['ArrowLeft', 'By a poll', 'The poll’s own words.'],
  ] as const) {
    await page.keyboard.press(key);
    expect([key, await selected(), await shown(page)]).toEqual([key, name, [words]]);
    expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toBe(name);
    expect(await page.getByRole('tabpanel', { name }).isVisible()).toBe(true);
  }
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('[role=tablist]') === null)).toBe(true);
});

it('a link to what a tab holds opens the tab', async () => {
  await using page = await open({}, '#in-the-second');
  expect(await shown(page)).toEqual(['The queue’s own words.']);
  expect(await page.locator('#in-the-second').isVisible()).toBe(true);
});

it('a link that is followed on the page opens the tab too', async () => {
  await using page = await open();
  await page.evaluate(() => {
    location.hash = '#in-the-second';
  });
  await expect.poll(() => shown(page)).toEqual(['The queue’s own words.']);
});

it.each([
  ['without JavaScript', { javaScriptEnabled: false }, undefined],
  ['on paper', {}, 'print'],
] as const)('shows every tab under its label %s', async (_, options, media) => {
  await using page = await open(options);
  if (media) await page.emulateMedia({ media });
  expect(await shown(page)).toEqual(['The lock’s own words.', 'The queue’s own words.', 'The poll’s own words.']);
  const titles = page.locator('.tab-title').filter({ visible: true });
  expect(await titles.allInnerTexts()).toEqual(['By a lock', 'By a queue & more', 'By a poll']);
  expect(await page.getByRole('tab').filter({ visible: true }).count()).toBe(0);
});

it('columns stand side by side where there is room, and below each other on a phone', async () => {
  for (const [width, side] of [
    [1280, true],
    [390, false],
  ] as const) {
    await using page = await open({ viewport: { width, height: 800 } });
    const boxes = await page
      .locator('pre.code')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(boxes).toHaveLength(2);
    expect([width, Math.abs((boxes[0] ?? 0) - (boxes[1] ?? 0)) < 2]).toEqual([width, side]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await page.getByText('Before', { exact: true }).isVisible()).toBe(true);
  }
});

it('a term leads to its definition, a name to the documentation of Python', async () => {
  await using page = await open();
  expect(await page.getByRole('link', { name: 'len' }).getAttribute('href')).toMatch(
    /^https:\/\/docs\.python\.org\/3\.14\/\w+\/functions\.html#len$/,
  );
  const term = page.getByRole('link', { name: 'generator' });
  expect(await term.getAttribute('title')).toBe('A function that can pause.');
  await term.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'In the glossary' }).click();
  await page.waitForURL(/\/glossary\/#/);
  expect(await page.locator(':target').textContent()).toContain('generator');
});

it('details open by keyboard, and by what the browser finds in them', async () => {
  await using page = await open();
  const words = page.getByText('Words beneath.');
  expect(await words.isVisible()).toBe(false);
  await page.getByText('What lies beneath').focus();
  await page.keyboard.press('Enter');
  expect(await words.isVisible()).toBe(true);
});

it('of the details of a group one is open at a time, and all are on paper', async () => {
  await using page = await open();
  const shown = () =>
    page
      .getByText(/^Words of the/)
      .filter({ visible: true })
      .allInnerTexts();
  expect(await shown()).toEqual(['Words of the first.']);
  await page.getByText('Second way').click();
  expect(await shown()).toEqual(['Words of the second.']);
  await page.emulateMedia({ media: 'print' });
  expect(await shown()).toEqual(['Words of the first.', 'Words of the second.']);
});

it('a figure tells its words to who cannot see it, and fits a phone', async () => {
  await using page = await open({ viewport: { width: 390, height: 800 } });
  expect(await page.getByRole('img', { name: 'A box beside a box.' }).isVisible()).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

it.each([390, 1280])('has no fault that axe can find at %i px, light and dark', async (width) => {
  await using page = await open({ viewport: { width, height: 800 }, bypassCSP: true });
  await bringAxe(page);
  expect(await faultsInBothThemes(page)).toEqual([]);
});
