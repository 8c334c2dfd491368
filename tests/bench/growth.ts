/**
 * `npm run bench:growth`: the CSS and JS that the editor, exercises, progress and settings add to each chapter page before
 * the reader does anything: the site is built with and without them, and both are measured in the browser.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readChapters } from '../../src/chapters/read-chapters.ts';
import { launchChromium } from '../browser/support/chromium.ts';
import { copyProject, project } from '../browser/support/project-copy.ts';
import { serveSite } from '../browser/support/site.ts';
import { measurePage, type PageCost } from '../page/measure.ts';

const allowed = 2048;
const slugs = readChapters(process.cwd()).chapters.map(({ slug }) => slug);

/** Puts before the project's own settings those that leave the features out. */
function leaveOut(root: string): void {
  renameSync(path.join(root, 'astro.config.mjs'), path.join(root, 'course.config.mjs'));
  const plugin = JSON.stringify(path.join(project, 'tests/page/without-editor.ts'));
  writeFileSync(
    path.join(root, 'astro.config.mjs'),
    `import course from './course.config.mjs';
import { withoutEditor } from ${plugin};
export default { ...course, vite: { ...course.vite, plugins: [withoutEditor(${JSON.stringify(root)})] } };
`,
  );
}

async function costs(without: boolean): Promise<ReadonlyMap<string, PageCost>> {
  const root = copyProject(without ? 'growth-without' : 'growth-with');
  cpSync(path.join(project, 'content'), path.join(root, 'content'), { recursive: true, force: true });
  if (without) leaveOut(root);
  const { status, stdout, stderr } = spawnSync(path.join(project, 'node_modules/.bin/astro'), ['build'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, OUT_DIR: 'dist' },
  });
  if (status !== 0) throw new Error(`The build of ${root} failed:\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`);
  await using site = await serveSite({ folder: path.join(root, 'dist') });
  await using browser = await launchChromium();
  const found = new Map<string, PageCost>();
  for (const slug of slugs) {
    if (!(await fetch(site.url(`${slug}/`))).ok) throw new Error(`The page of ${slug} was not built.`);
    const cost = await measurePage(browser, site.url(`${slug}/`));
    if (!cost.requests.some((address) => address.endsWith('.js')))
      throw new Error(`${slug} was shown without its script.`);
    found.set(slug, cost);
  }
  rmSync(root, { recursive: true });
  return found;
}

const all = await costs(false);
const less = await costs(true);
console.log(`Added by editor, exercises, progress and settings; at most ${allowed} B gzip:`);
for (const slug of slugs) {
  const [page, before] = [all.get(slug), less.get(slug)];
  if (!page || !before) throw new Error(`${slug} was not measured.`);
  const styles = page.styles - before.styles;
  const scripts = page.scripts - before.scripts;
  const sum = styles + scripts;
  const share = `${page.styles + page.scripts} B of code with them`;
  console.log(
    `  ${slug}: CSS ${styles} B + JS ${scripts} B = ${sum} B (${share}), ${sum <= allowed ? 'within' : 'ABOVE'}`,
  );
}
