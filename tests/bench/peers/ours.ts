/** This project, as its readers get it: the course as it is, and the made-up one. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { launchChromium } from '../../browser/support/chromium.ts';
import { copyProject, project } from '../../browser/support/project-copy.ts';
import { queryCosts } from '../../search/query-cost.ts';
import { writeCourse } from '../course.ts';
import { cache, run } from './install.ts';
import type { Peer } from './peer.ts';
import { firstLine, query } from './program.ts';
import { serve } from './serve.ts';

/** The site of the made-up course in a folder that the caller removes, and the seconds of its build. */
function buildMadeUp(chapters: number): { readonly root: string; readonly folder: string; readonly seconds: number } {
  const root = copyProject(`peers-${chapters}`);
  writeCourse(root, chapters);
  const start = performance.now();
  run(process.execPath, [path.join(project, 'node_modules/astro/bin/astro.mjs'), 'build'], root);
  return { root, folder: path.join(root, 'dist'), seconds: (performance.now() - start) / 1000 };
}

export const ours: Peer = {
  name: 'ours',
  async prepare() {
    const course = path.join(cache, 'course');
    // As `npm run build` does, into a folder of the benchmark's.
    process.env['OUT_DIR'] = course;
    run(process.execPath, [path.join(project, 'node_modules/astro/bin/astro.mjs'), 'build'], project);
    delete process.env['OUT_DIR'];
    const madeUp = buildMadeUp(1);
    const sites = [await serve({ '/': course }), await serve({ '/': madeUp.folder })] as const;
    return {
      versions: 'this tree',
      chapter: sites[0].url('concurrency-vs-parallelism/'),
      async start(page) {
        const began = performance.now();
        await page.goto(sites[1].url('chapter-1/'));
        const cell = page.locator('py-cell').first();
        const clicked = performance.now();
        await cell.getByRole('button', { name: 'Run', exact: true }).click();
        await cell.getByText(/^Ran here/).waitFor();
        if (!(await cell.innerText()).includes(firstLine)) throw new Error('the cell printed something else');
        const printed = performance.now();
        return { opened: printed - began, clicked: printed - clicked };
      },
      async course(chapters) {
        const { root, folder, seconds } = buildMadeUp(chapters);
        try {
          await using site = await serve({ '/': folder });
          await using browser = await launchChromium();
          const [cost] = await queryCosts(browser, site.home, [query]);
          return { seconds, indexBytes: cost?.bytes ?? Number.NaN };
        } finally {
          rmSync(root, { recursive: true, force: true });
        }
      },
      async [Symbol.asyncDispose]() {
        for (const site of sites) await site[Symbol.asyncDispose]();
        rmSync(madeUp.root, { recursive: true, force: true });
      },
    };
  },
};
