/**
 * What the build, the service worker and the pages agree on: the list of the site's files, and where each version keeps its own.
 *
 * Invariant: a cache belongs to one version of one copy of the site, and has no file that the list of that version lacks.
 */

/** What a reader is told that a file is for. `shell` is kept with the first visit. */
export type Part = 'shell' | 'pages' | 'search' | 'python' | 'packages' | 'checker';

export interface ListedFile {
  /** Below the root of the site, with slashes. */
  readonly path: string;
  readonly part: Part;
  readonly bytes: number;
  /** Of its content: one that is the same in the next version is not fetched again. */
  readonly hash: string;
}

export interface FileList {
  readonly format: 1;
  readonly version: string;
  readonly files: readonly ListedFile[];
}

export const workerFile = 'offline.js';
export const listFile = 'offline.json';
/** The page that stands in for one that was not kept. */
export const offlinePage = 'offline/index.html';
/** Never a file of the site: it stands in the cache once all files of the list do. */
export const wholeMark = 'offline-whole';

/** Copies of the site under other paths of the same host have caches of their own. */
export const cachePrefix = (root: URL): string => `course ${root.pathname} `;
export const cacheName = (root: URL, version: string): string => `${cachePrefix(root)}${version}`;

/** The name in the list of what an address shows; undefined outside of the site. */
export function pathOf(address: string, root: URL): string | undefined {
  const { origin, pathname } = new URL(address);
  if (origin !== root.origin || !pathname.startsWith(root.pathname)) return undefined;
  const path = pathname.slice(root.pathname.length);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

/** The address that a host answers without a redirect. */
export const addressOf = (path: string, root: URL): string =>
  new URL(path.replace(/(^|\/)index\.html$/, '$1'), root).href;

/** The address under which a file stands in its cache. */
export const keyOf = (path: string, root: URL): string => new URL(path, root).href;

/** Messages of a page to the worker. */
export type ToWorker =
  | { readonly type: 'version.ask' }
  /** Files that the page loaded before it had a worker. */
  | { readonly type: 'files.keep'; readonly addresses: readonly string[] }
  /** The reader wants the version that waits. */
  | { readonly type: 'version.use' };

/** Its answers, through the port that came with the message. */
export interface FromWorker {
  readonly version: string;
  /** Windows of the site that are open. */
  readonly windows: number;
}
