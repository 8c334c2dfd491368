/** The policy of every page is strict, and nothing that the site does on its own ever runs into it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pagesIn } from '../../src/build/pages.ts';
import { launchChromium } from './support/chromium.ts';
import { serveSite } from './support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const folder = inject('siteFolder');
const pages = await pagesIn(folder);
const live = pages.find((page) => readFileSync(join(folder, page), 'utf8').includes('data-action="run"'));

/** A page whose violations are collected, those of its frames and of scripts at load too. */
async function watched(): Promise<{ readonly page: Page; readonly violations: string[] }> {
  const page = await browser.newPage();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));
  return { page, violations };
}

describe('the policy', () => {
  it('is in every page, before anything that it governs', () => {
    for (const file of pages) {
      const html = readFileSync(join(folder, file), 'utf8');
      const at = html.indexOf('http-equiv="Content-Security-Policy"');
      expect(at, file).toBeGreaterThan(0);
      expect(html.slice(0, at), file).not.toMatch(/<script|<style|<link/);
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
      expect(policy, file).not.toMatch(/'unsafe-inline'|'unsafe-eval'|https?:|\*/);
    }
  });

  it('is broken by no page, in either theme', async () => {
    await using site = await serveSite();
    const brokenIn = async (colorScheme: 'light' | 'dark'): Promise<readonly string[]> => {
      const { page, violations } = await watched();
      await page.emulateMedia({ colorScheme });
      for (const file of pages)
        await page.goto(site.url(file.replace(/index\.html$/, '')), { waitUntil: 'networkidle' });
      await page.close();
      return violations;
    };
    expect(await Promise.all([brokenIn('light'), brokenIn('dark')])).toEqual([[], []]);
  });

  it('is broken by no search', async () => {
    await using site = await serveSite();
    const { page, violations } = await watched();
    await page.goto(site.home);
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox').fill('generator');
    await page.locator('.search-result a').first().waitFor();
    await page.locator('pagefind-filter-dropdown').first().getByRole('combobox').click();
    await page.close();
    expect(violations).toEqual([]);
  });

  it('is broken by no run of a cell', async () => {
    await using site = await serveSite();
    const { page, violations } = await watched();
    if (live === undefined) throw new Error('no page of the site has a live cell');
    await page.goto(site.url(live.replace(/index\.html$/, '')));
    const cell = page.locator('py-cell', { has: page.locator('[data-action="run"]') }).first();
    await cell.getByRole('button', { name: 'Run', exact: true }).click();
    await cell.getByText(/^Ran here/).waitFor();
    await page.close();
    expect(violations).toEqual([]);
  });

  it('stops an inline script that is not the site’s', async () => {
    await using site = await serveSite();
    const { page, violations } = await watched();
    await page.goto(site.home);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken"';
      document.head.append(script);
      return document.title === 'taken';
    });
    expect(ran).toBe(false);
    await expect.poll(() => violations.length).toBeGreaterThan(0);
    await page.close();
  });
});
