/** What search lists first: titles before text, aliases before text, and chapters by number when there are more than nine. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { frontmatter } from '../unit/chapters/course-on-disk.ts';
import { launchChromium } from './support/chromium.ts';
import { copyProject, project } from './support/project-copy.ts';
import { serveSite, type Site } from './support/site.ts';

const CHAPTERS = 12;
/** Says the words that are searched for as often as any honest text would. */
const wordy =
  'A barrier stops a thread until others are there. Another barrier opens later, and the rendezvous at a barrier ' +
  'is over when the last thread is at the barrier. A latch opens once; whoever waits at a latch goes on.';

/** Chapters 1 to 12; those before the one that is *about* a word talk about it in their text. */
function chapterText(number: number): string {
  const named = number === 11 ? 'title: The rendezvous' : `title: Number ${number}`;
  const head = frontmatter(number).replace('title: A chapter', named);
  const aliases = number === 12 ? head.replace('updated:', 'aliases: [countdown, latch]\nupdated:') : head;
  const heading = number === 10 ? 'Barrier {#barrier}' : 'Text {#text}';
  const text = number >= 10 ? 'Nothing is said here but that it is so.' : wordy;
  return `${aliases}\n## ${heading}\n\n${text}\n`;
}

let root: string;
let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  root = copyProject('order');
  for (let number = 1; number <= CHAPTERS; number++) {
    const folder = join(root, 'content', `${String(number).padStart(2, '0')}-number-${number}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.mdx'), chapterText(number));
  }
  execFileSync(join(project, 'node_modules/.bin/astro'), ['build'], {
    cwd: root,
    env: { ...process.env, OUT_DIR: 'dist', NODE_ENV: 'production' },
    stdio: 'pipe',
  });
  site = await serveSite({ folder: join(root, 'dist') });
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(site.home);
  await page.keyboard.press('/');
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

const found = () => page.locator('.search-result a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));

it.each([
  ['a section’s heading', 'barrier', 'number-10/#barrier'],
  ['a chapter’s title', 'rendezvous', 'number-11/'],
  ['an alias', 'latch', 'number-12/'],
])('puts %s before the text of nine chapters', async (_, query, first) => {
  await page.getByRole('searchbox').fill(query);
  // Texts that say the word are found as well (the list is filled as it is scrolled): what comes first was chosen among them.
  const text = site.url('number-1/#text');
  await expect.poll(found).toSatisfy((all: readonly string[]) => all[0] === site.url(first) && all.includes(text));
});

it('lists chapters by number in the filter', async () => {
  await page.getByRole('searchbox').fill('barrier');
  await expect.poll(found).toContain(site.url('number-10/#barrier'));
  await page.getByRole('combobox', { name: /Chapter/ }).click();
  const options = page.getByRole('option', { name: /^\s*\d+\./ });
  const numbers = async () => (await options.allInnerTexts()).map((text) => Number.parseInt(text.trim(), 10));
  // Those that say the word.
  await expect.poll(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
