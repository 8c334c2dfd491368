/**
 * Another course is made by changing `content/` alone: two chapters on another subject, without a module, a glossary, a
 * guide or a syllabus, are recorded, checked, built, read, searched and run; and no unit test of the engine fails.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocks, ended } from './support/cell-page.ts';
import { launchChromium } from './support/chromium.ts';
import { project } from './support/project-copy.ts';
import { serveSite, type Site } from './support/site.ts';

const another = path.join(import.meta.dirname, 'another-course');

/** The whole project with its own `content/` replaced, as somebody has it who makes a course of their own. */
function projectWithAnother(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'another-course-'));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28 });
  for (const file of git('ls-files', '-co', '--exclude-standard', '-z').split('\0')) {
    if (file === '' || file.startsWith('content/') || !existsSync(path.join(project, file))) continue;
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    cpSync(path.join(project, file), path.join(root, file));
  }
  cpSync(another, path.join(root, 'content'), { recursive: true });
  symlinkSync(path.join(project, 'node_modules'), path.join(root, 'node_modules'));
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  mkdirSync(path.join(root, '.cache'));
  // The readers' Python is the engine's, and takes a minute to build.
  for (const part of ['runtime', 'driver'].filter((each) => existsSync(path.join(project, '.cache', each))))
    symlinkSync(path.join(project, '.cache', part), path.join(root, '.cache', part));
  return root;
}

interface Ended {
  readonly status: number | null;
  readonly said: string;
}

let root: string;
let recorded: Ended;
let browser: Browser;

/** A command of package.json, as its author types it. */
function command(script: string, ...words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', script, '--', ...words], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      OUT_DIR: 'dist',
      SITE_FOLDER: path.join(root, 'dist'),
      NODE_ENV: 'production',
      NO_COLOR: '1',
    },
  });
  return { status, said: `${stdout}${stderr}` };
}

beforeAll(async () => {
  root = projectWithAnother();
  recorded = command('record');
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  rmSync(root, { recursive: true, force: true });
});

describe('a course of two chapters', () => {
  it('is recorded and has no fault', () => {
    expect(recorded.said).toContain('recorded: 3');
    expect(recorded.status).toBe(0);
    expect(command('check')).toEqual({ status: 0, said: 'chapters: 2, cells: 3, faults: 0\n' });
  });

  it('fails no unit test of the engine', () => {
    const { status, said } = command('test:unit');
    expect(said.split('\n').filter((line) => line.startsWith(' FAIL '))).toEqual([]);
    expect(said).toMatch(/Tests +\d{3,} passed/);
    expect(status).toBe(0);
  });

  describe('is a site', () => {
    let site: Site;
    let page: Page;
    beforeAll(async () => {
      const built = command('build');
      expect(built.status, built.said).toBe(0);
      site = await serveSite({ folder: path.join(root, 'dist') });
      page = await browser.newPage();
    });
    afterAll(() => site[Symbol.asyncDispose]());

    it('whose first page says what it is called and teaches, and nothing of another course', async () => {
      await page.goto(site.home);
      expect(await page.title()).toBe('Regular expressions');
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Regular expressions');
      expect(await page.locator('.lead').innerText()).toBe(
        'You search text every day. This course shows what re makes of a pattern.',
      );
      expect(await page.locator('.home-chapter a').allInnerTexts()).toEqual(['Patterns', 'Groups']);
      expect(await page.locator('.home-module').count()).toBe(0);
      const html = await page.content();
      expect(html).not.toMatch(/Advanced|Module \d|gevent|asyncio|concurren|coroutine/i);
      expect(html).not.toMatch(/href="(?:guide|glossary|syllabus)\//);
    });

    it('whose chapters lead to one another and run', async () => {
      await page.goto(site.url('groups/'));
      expect(await page.title()).toBe('Groups · Regular expressions');
      expect(await page.locator('.outline-module').count()).toBe(0);
      const cell = page.locator('py-cell[id="named"]');
      expect(await blocks(cell)).toEqual([['result', "{'year': '2026', 'month': '11'}\n"]]);
      await cell.getByRole('button', { name: 'Run', exact: true }).click();
      await ended(cell);
      expect(await blocks(cell)).toEqual([['result', "{'year': '2026', 'month': '11'}\n"]]);
      await page.locator('a[rel=prev]').click();
      await page.waitForURL(site.url('patterns/'));
    });

    it('whose search finds its sections, and its indexes its names and errors', async () => {
      await page.keyboard.press('/');
      await page.getByRole('searchbox').fill('quantifier');
      await expect
        .poll(() => page.locator('.search-result a').first().getAttribute('href'))
        .toBe(site.url('patterns/#first-pattern'));
      await page.goto(site.url('api/'));
      expect(await page.locator('main dt').allInnerTexts()).toEqual(['re.compile', 're.findall', 're.match']);
      await page.goto(site.url('errors/'));
      expect(await page.locator('main h2').allInnerTexts()).toEqual(['re.PatternError']);
    });

    it('that keeps what every course has to keep', () => {
      const { status, said } = command('test:site');
      expect(said.split('\n').filter((line) => line.startsWith(' FAIL '))).toEqual([]);
      expect(said).toMatch(/Tests +\d+ passed/);
      expect(status).toBe(0);
    });

    it('without a page for what it does not have', () => {
      const pages = ['guide', 'glossary', 'syllabus', 'patterns', 'what-is-real'];
      expect(pages.filter((each) => existsSync(path.join(root, 'dist', each)))).toEqual(['patterns', 'what-is-real']);
    });
  });
});
