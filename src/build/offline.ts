/**
 * Astro integration: the service worker, the list of the site's files, and the manifest of the installed course. After all
 * that writes files.
 *
 * Invariant: the version is a hash over every listed file and the worker: equal builds are one version.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { courseFile, parseCourseFile } from '../chapters/course-file.ts';
import { bundleClassic } from '../kernel/build/bundle.ts';
import { takeAway } from '../notebooks/names.ts';
import { listFile, offlinePage, workerFile, type FileList, type ListedFile, type Part } from '../site/offline/list.ts';
import { NOT_FOUND } from './pages.ts';

const manifestFile = 'manifest.json';
/** What no page needs that a worker answers: what is for disks, hosts, search engines and other sites, and downloads. */
const unlisted = new Set([NOT_FOUND, 'from-disk.js', '.nojekyll', listFile, workerFile, 'sitemap.xml', 'robots.txt']);
const isDownload = /\.(?:ipynb|py|zip)$/;

const digest = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 12);

function partOf(file: string): Part | undefined {
  if (file.startsWith('runtime/')) {
    if (file.endsWith('.txt')) return undefined;
    return file.endsWith('.tar.gz') ? 'packages' : 'python';
  }
  if (file.startsWith('check/')) return file.endsWith('LICENSE') ? undefined : 'checker';
  if (file.startsWith('pagefind/')) return 'search';
  if (unlisted.has(file) || file.startsWith('embed/') || file.startsWith(`${takeAway}/`) || isDownload.test(file))
    return undefined;
  if (['index.html', offlinePage, 'favicon.svg', manifestFile].includes(file) || file.startsWith('_astro/'))
    return 'shell';
  return 'pages';
}

async function filesIn(root: string): Promise<readonly ListedFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
  const files: ListedFile[] = [];
  for (const name of names) {
    const part = partOf(name);
    if (part === undefined) continue;
    const content = await readFile(path.join(root, name));
    files.push({ path: name, part, bytes: content.byteLength, hash: digest(content) });
  }
  return files;
}

/** Writes the worker and the list of a finished site. */
export async function writeOffline(root: string): Promise<void> {
  const files = await filesIn(root);
  const entry = new URL('../site/offline/worker.ts', import.meta.url);
  const unversioned = await bundleClassic(entry);
  const version = digest(unversioned + JSON.stringify(files));
  await writeFile(path.join(root, workerFile), await bundleClassic(entry, { VERSION: JSON.stringify(version) }));
  await writeFile(path.join(root, listFile), JSON.stringify({ format: 1, version, files } satisfies FileList));
}

/** Relative to itself: the site may be copied to any path. The colours are those of the page's head. */
const manifestOf = (name: string): string =>
  JSON.stringify({
    name,
    short_name: name,
    id: './',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#fbf9f4',
    theme_color: '#fbf9f4',
    icons: [
      { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: 'icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  });

export function offline(): AstroIntegration {
  let project = new URL('.', import.meta.url);
  return {
    name: 'offline',
    hooks: {
      'astro:config:done': ({ config }) => {
        project = config.root;
      },
      'astro:build:done': async ({ dir }) => {
        const { data } = parseCourseFile(await readFile(new URL(courseFile, project), 'utf8'));
        const root = fileURLToPath(dir);
        await writeFile(path.join(root, manifestFile), manifestOf(data?.title ?? 'Course'));
        await writeOffline(root);
      },
    },
  };
}
