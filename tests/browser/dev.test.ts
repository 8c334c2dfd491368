/** `npm run dev` as an author has it: prose and a cell's code that are saved are in the open page, and faults are told. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { frontmatter } from '../unit/chapters/course-on-disk.ts';
import { launchChromium } from './support/chromium.ts';
import { copyProject, project } from './support/project-copy.ts';

let root: string;
let server: ChildProcess;
let browser: Browser;
let page: Page;
let told = '';
let address = '';

const save = (prose: string, code: string): void => {
  const cell = `\`\`\`python run id=sum\n${code}\n\`\`\``;
  writeFileSync(join(root, 'content/01-one/index.mdx'), `${frontmatter(1)}\n## Sums {#sums}\n\n${prose}\n\n${cell}\n`);
};
const code = () => page.locator('py-cell[id="sum"] pre.code').innerText();

/** A port that nothing listens at. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  if (address === null || typeof address === 'string') throw new Error('The probe has no port.');
  await new Promise((resolve) => probe.close(resolve));
  return address.port;
}

beforeAll(async () => {
  root = copyProject('dev');
  mkdirSync(join(root, 'content/01-one'));
  save('The first words.', '1 + 1');
  const port = await freePort();
  // Nothing of the test runner's own environment: Vite would take itself for a part of it.
  const { PATH = '', HOME = root } = process.env;
  server = spawn(join(project, 'node_modules/.bin/astro'), ['dev', '--host', '127.0.0.1', '--port', String(port)], {
    cwd: root,
    env: { PATH, HOME, NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
  await vi.waitFor(
    () => {
      expect(told).toContain(`:${port}/`);
    },
    { timeout: 120_000 },
  );
  browser = await launchChromium();
  page = await browser.newPage();
  address = `http://127.0.0.1:${port}/one/`;
  await page.goto(address, { timeout: 120_000 });
});
afterAll(async () => {
  await browser.close();
  if (server.exitCode === null) {
    server.kill();
    await once(server, 'exit');
  }
  rmSync(root, { recursive: true, force: true });
});

it('shows a cell before it is recorded, and says that it is not', async () => {
  expect((await code()).trim()).toBe('1 + 1');
  expect(told).toMatch(/01-one\/index\.mdx:\d+: .*sum.*\n.*npm run record/);
});

it('shows saved prose and saved code in the page that is open', async () => {
  save('The second words.', '1 + 1');
  await page.getByText('The second words.').waitFor();
  save('The second words.', '6 * 7');
  await expect.poll(code).toContain('6 * 7');
});

it('tells a fault with its line when it is saved, and goes on', async () => {
  save('A [link](/nowhere/).', '6 * 7');
  await expect.poll(() => told).toContain('content/01-one/index.mdx:12: the link /nowhere/ leads nowhere');
  save('The third words.', '6 * 7');
  await page.getByText('The third words.').waitFor();
});

/** The page as a browser would ask for it: Astro's own answer may end in the middle. */
async function answer(): Promise<{ readonly status: number; readonly html: string }> {
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  return { status: response.status, html: await response.text() };
}

it('shows the list of faults in place of a page that cannot be rendered, and the page when they are mended', async () => {
  save('A <Term>coroutine</Term>.', '6 * 7');
  await page.getByText('This page cannot be shown until its faults are mended.').waitFor();
  await page.getByText('content/01-one/index.mdx:12: the glossary has no “coroutine”').waitFor();
  const { status, html } = await answer();
  expect(status).toBe(500);
  expect(html).toMatch(/<\/html>\s*$/);
  // The page has its connection to the server by then, through which it hears of a change.
  await page.waitForLoadState('networkidle');
  // A new term is known without a restart.
  appendFileSync(join(root, 'content/glossary.yaml'), '- term: coroutine\n  definition: A function that can wait.\n');
  await page.locator('a.term').getByText('coroutine').waitFor();
  expect((await answer()).status).toBe(200);
});

it('leaves cells with faults out, and says so above the page', async () => {
  writeFileSync(
    join(root, 'content/01-one/index.mdx'),
    `${frontmatter(1)}\n## Sums {#sums}\n\nThe fourth words.\n\n\`\`\`python run id=sum wat\n1\n\`\`\`\n\n\`\`\`python run id=other\n2\n\`\`\`\n`,
  );
  await page.getByText('Cells and exercises with faults are left out.').waitFor();
  await page.getByText('content/01-one/index.mdx:14: unknown cell option “wat”').waitFor();
  await page.getByText('The fourth words.').waitFor();
  // The page may load once more, for a second file that was written.
  const cells = () => page.locator('py-cell').evaluateAll((cells) => cells.map(({ id }) => id));
  await expect.poll(cells).toEqual(['other']);
  save('The fifth words.', '6 * 7');
  await page.getByText('The fifth words.').waitFor();
  expect(await page.locator('[data-faults]').count()).toBe(0);
});

it('outlives a folder that is deleted and made again, and content/ itself', async () => {
  for (const folder of ['content/01-one', 'content']) {
    const kept = join(root, 'kept');
    cpSync(join(root, folder), kept, { recursive: true });
    rmSync(join(root, folder), { recursive: true });
    await expect.poll(async () => (await answer()).status).not.toBe(200);
    cpSync(kept, join(root, folder), { recursive: true });
    rmSync(kept, { recursive: true });
    await expect
      .poll(answer)
      .toMatchObject({ status: 200, html: expect.stringContaining('The fifth words.') as string });
  }
  expect(server.exitCode).toBeNull();
});
