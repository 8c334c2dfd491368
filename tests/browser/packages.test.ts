/**
 * A course whose cells import packages, built with them and by a machine without Python. In the first, packages come from the
 * site alone; in the second, those cells keep their recorded output and say why.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellHash } from '../../src/chapters/cell-hash.ts';
import { cellsById, chainOf } from '../../src/chapters/chain.ts';
import { readChapters } from '../../src/chapters/read-chapters.ts';
import { writeSnapshot } from '../../src/chapters/snapshots.ts';
import { wheels } from '../../src/kernel/build/packages/wheels.ts';
import { frontmatter } from '../unit/chapters/course-on-disk.ts';
import { launchChromium } from './support/chromium.ts';
import { copyProject, project } from './support/project-copy.ts';
import { serveSite, type Site } from './support/site.ts';

const sources = {
  trio: [
    'import trio',
    '',
    'async def main():',
    '    with trio.move_on_after(0.01) as scope:',
    '        await trio.sleep_forever()',
    '    print("cancelled", scope.cancelled_caught)',
    '',
    'trio.run(main)',
  ],
  plain: ['print(1)'],
  numpy: ['import numpy'],
} as const;

function writeCourse(root: string): void {
  const cells = Object.entries(sources).map(
    ([id, lines]) => `\`\`\`python run id=${id}${id === 'numpy' ? ' expect=error' : ''}\n${lines.join('\n')}\n\`\`\``,
  );
  mkdirSync(join(root, 'content/01-one'));
  writeFileSync(join(root, 'content/01-one/index.mdx'), `${frontmatter(1)}\n${cells.join('\n\n')}\n`);
  for (const chapter of readChapters(root).chapters) {
    for (const { cell } of chapter.cells) {
      writeSnapshot(root, chapter.folder, {
        format: 1,
        cell: cell.id,
        hash: cellHash(chainOf(cell, cellsById(chapter))),
        producer: { kind: 'browser', python: '3.14.2', pyodide: '314.0.7' },
        recorded: '2026-11-22T12:00:00Z',
        duration: 0.01,
        events:
          cell.id === 'numpy'
            ? [{ type: 'error', at: 0, name: 'E', message: '', traceback: 'E\n' }]
            : [{ type: 'stdout', at: 0, text: `recorded ${cell.id}\n` }],
      });
    }
  }
}

/** Answers with what the build warned of. */
function build(root: string, environment: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr } = spawnSync(
    join(project, 'node_modules/.bin/node'),
    [join(project, 'node_modules/astro/bin/astro.mjs'), 'build'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...environment, OUT_DIR: 'dist', NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' },
    },
  );
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  return `${stdout}\n${stderr}`;
}

let browser: Browser;
let root: string;
let site: Site;
let page: Page;
/** Addresses outside of the site that the page asked for. */
const elsewhere: string[] = [];

async function open(): Promise<void> {
  site = await serveSite({ folder: join(root, 'dist') });
  page = await browser.newPage();
  await page.route('**/*', (route) => {
    const { origin, protocol } = new URL(route.request().url());
    if (origin === site.origin || protocol === 'blob:') return route.continue();
    elsewhere.push(origin);
    return route.abort();
  });
  await page.goto(site.url('one/'));
}

async function run(id: string): Promise<void> {
  await page.locator(`py-cell[id="${id}"]`).getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .locator(`py-cell[id="${id}"]`)
    .getByText(/^Ran here/)
    .waitFor({ timeout: 240_000 });
}

const output = (id: string) => page.locator(`py-cell[id="${id}"] .cell-output .out`).allTextContents();

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe.runIf((await wheels()).size > 0)('built with packages', () => {
  beforeAll(async () => {
    root = copyProject('packages');
    writeCourse(root);
    build(root, process.env);
    await open();
  });
  afterAll(async () => {
    await page.close();
    await site[Symbol.asyncDispose]();
    rmSync(root, { recursive: true, force: true });
  });

  it('a cell gets its packages from the site, and shows how much of them has come', async () => {
    const arrived = Promise.withResolvers<undefined>();
    const held = Promise.withResolvers<undefined>();
    await page.route('**/runtime/trio-*', async (route) => {
      arrived.resolve(undefined);
      await held.promise;
      await route.continue();
    });
    const running = run('trio');
    await arrived.promise;
    const state = page.locator('py-cell[id="trio"] .cell-state');
    await state.getByText(/^Loading trio and 5 more, [\d,]+ of [\d,]+ KB$/).waitFor();
    await page
      .getByRole('status')
      .getByText(/^Loading trio and 5 more, [\d,]+ KB$/)
      .waitFor();
    held.resolve(undefined);
    await running;
    expect(await output('trio')).toEqual(['cancelled True\n']);
    expect(elsewhere).toEqual([]);
  });

  it('a package that is not here is named with those that are', async () => {
    await run('numpy');
    const told = await page.locator('py-cell[id="numpy"] .cell-output').textContent();
    expect(told).toContain("ModuleNotFoundError: No module named 'numpy'");
    expect(told).toMatch(/the packages anyio, .*trio.*; nothing else can be installed here.*docs\/packages\.md/s);
  });

  it('the licences of all stand beside them', () => {
    const folder = join(root, 'dist/runtime');
    const licences = readFileSync(join(folder, 'LICENCES.txt'), 'utf8');
    const archives = readdirSync(folder).filter((name) => name.endsWith('.tar.gz'));
    expect(archives.length).toBeGreaterThan(10);
    for (const archive of archives) {
      const [, name = '', version = ''] = /^([a-z-]+)-(.+)\.[0-9a-f]{16}\.tar\.gz$/.exec(archive) ?? [];
      expect(licences).toContain(`\n${name} ${version} (`);
    }
  });
});

describe.skipIf(process.platform === 'win32')('built without Python', () => {
  let bin: string;
  let said: string;
  beforeAll(async () => {
    root = copyProject('no-packages');
    writeCourse(root);
    bin = mkdtempSync(join(tmpdir(), 'no-python-'));
    for (const program of ['node', 'sh']) {
      const own = join(project, 'node_modules/.bin', program);
      symlinkSync(existsSync(own) ? own : `/bin/${program}`, join(bin, program));
    }
    const kept = join(root, '.cache/runtime');
    for (const name of readdirSync(kept)) if (name.startsWith('wheels-')) rmSync(join(kept, name), { recursive: true });
    said = build(root, { PATH: bin, HOME: root });
    await open();
  });
  afterAll(async () => {
    await page.close();
    await site[Symbol.asyncDispose]();
    rmSync(root, { recursive: true, force: true });
    rmSync(bin, { recursive: true });
  });

  it('the build warns in one line', () => {
    expect(said.split('\n').filter((line) => line.includes('built without'))).toEqual([
      expect.stringContaining('The site is built without packages and time zones'),
    ]);
  });

  it('a cell that needs a package keeps its recorded output and says why; the others run', async () => {
    const cell = page.locator('py-cell[id="trio"]');
    expect(await cell.locator('.cell-reason').textContent()).toBe(
      'Recorded only: this copy of the site was built on a machine that could not fetch trio.',
    );
    expect(await cell.getByRole('button', { name: 'Run', exact: true }).count()).toBe(0);
    expect(await output('trio')).toEqual(['recorded trio\n']);
    await run('plain');
    expect(await output('plain')).toEqual(['1\n']);
    await run('numpy');
    expect(await page.locator('py-cell[id="numpy"] .cell-output').textContent()).toContain('and no other package');
  });
});
