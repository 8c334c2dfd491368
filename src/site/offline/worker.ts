/**
 * The service worker: answers from the cache of its version, and keeps what was visited. Bundled by `src/build/offline.ts`.
 *
 * Invariant: without its caches every request goes to the network as if there were no worker; what fails in keeping a file
 * fails no answer.
 */
import {
  addressOf,
  cacheName,
  cachePrefix,
  keyOf,
  listFile,
  offlinePage,
  pathOf,
  wholeMark,
  type FileList,
  type FromWorker,
  type ListedFile,
  type ToWorker,
} from './list.ts';

declare const VERSION: string;

const scope = globalThis as unknown as ServiceWorkerGlobalScope;

const root = new URL(scope.registration.scope);
const own = (): Promise<Cache> => caches.open(cacheName(root, VERSION));
/** The names of these change with their content. */
const neverChanges = /^_astro\/|\.(?:gz|zip)$/;

let known: Promise<ReadonlyMap<string, ListedFile>> | undefined;

async function listIn(cache: Cache): Promise<FileList | undefined> {
  const kept = await cache.match(keyOf(listFile, root));
  return (await kept?.json()) as FileList | undefined;
}

const filesOf = (list: FileList | undefined): ReadonlyMap<string, ListedFile> =>
  new Map(list?.files.map((file) => [file.path, file]));

/** A browser that ends this worker ends the memory of it, too. */
function listed(): Promise<ReadonlyMap<string, ListedFile>> {
  known ??= own().then(listIn).then(filesOf);
  known.catch(() => (known = undefined));
  return known;
}

async function fetchInto(cache: Cache, path: string): Promise<void> {
  const response = await fetch(addressOf(path, root), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${path}: the host answered ${response.status}`);
  await cache.put(keyOf(path, root), response);
}

/** Six at once, as a browser does with one host. */
async function inTurns<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const turn = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: 6 }, turn));
}

/** What the version before has kept is kept in this one, too: copied where it is the same, else fetched. */
async function install(): Promise<void> {
  const cache = await own();
  const answer = await fetch(keyOf(listFile, root), { cache: 'no-cache' });
  const list = (await answer.clone().json()) as FileList;
  if (list.version !== VERSION) throw new Error('The host is being given another version; the next visit tries again.');
  const before = (await caches.keys()).filter(
    (name) => name.startsWith(cachePrefix(root)) && name !== cacheName(root, VERSION),
  );
  const old = before.length > 0 ? await caches.open(before.at(-1) ?? '') : undefined;
  const oldFiles = filesOf(old && (await listIn(old)));
  const whole = (await old?.match(keyOf(wholeMark, root))) !== undefined;
  await inTurns(list.files, async ({ path, part, hash }) => {
    if ((await cache.match(keyOf(path, root))) !== undefined) return;
    const kept = await old?.match(keyOf(path, root));
    if (kept && oldFiles.get(path)?.hash === hash) await cache.put(keyOf(path, root), kept);
    else if (whole || kept || part === 'shell') await fetchInto(cache, path);
  });
  // Last: where the list stands, so does the shell.
  await cache.put(keyOf(listFile, root), answer);
  if (whole) await cache.put(keyOf(wholeMark, root), new Response(VERSION));
}

async function removeOthers(): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(cachePrefix(root)) && name !== cacheName(root, VERSION));
  await Promise.all(others.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function fromNetwork(request: Request, path: string): Promise<Response> {
  const response = await fetch(request);
  if (response.ok && response.type === 'basic' && !response.redirected) {
    const copy = response.clone();
    // Without room the answer still reaches its page; "Keep for offline" tells of that.
    void own()
      .then((cache) => cache.put(keyOf(path, root), copy))
      .catch(() => undefined);
  }
  return response;
}

function notKept(request: Request): Response {
  if (request.mode !== 'navigate') return Response.error();
  const page = new URL(addressOf(offlinePage, root));
  page.hash = encodeURIComponent(request.url);
  return Response.redirect(page.href);
}

async function answer(request: Request): Promise<Response> {
  const path = pathOf(request.url, root);
  let cache: Cache;
  try {
    cache = await own();
    if (path === undefined || !(await listed()).has(path)) return await fetch(request).catch(() => notKept(request));
  } catch {
    return fetch(request);
  }
  const kept = await cache.match(keyOf(path, root)).catch(() => undefined);
  if (kept && (neverChanges.test(path) || (await cache.match(keyOf(wholeMark, root))) !== undefined)) return kept;
  return fromNetwork(request, path).catch(() => kept ?? notKept(request));
}

scope.addEventListener('install', (event) => {
  event.waitUntil(install());
});
scope.addEventListener('activate', (event) => {
  event.waitUntil(removeOthers());
});
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = pathOf(request.url, root);
  // `reload` asks for the host's own answer: the reader's reload without caches, and what "Keep for offline" fetches.
  if (request.method !== 'GET' || path === undefined || path === listFile || request.cache === 'reload') return;
  event.respondWith(answer(request));
});

async function keepVisited(addresses: readonly string[]): Promise<void> {
  const [cache, files] = await Promise.all([own(), listed()]);
  const paths = addresses
    .map((address) => pathOf(address, root))
    .filter((path) => path !== undefined && files.has(path));
  await inTurns(paths as string[], async (path) => {
    if ((await cache.match(keyOf(path, root))) === undefined) await fetchInto(cache, path).catch(() => undefined);
  });
}

scope.addEventListener('message', (event) => {
  const data = event.data as ToWorker;
  const { ports } = event;
  const act = async (): Promise<void> => {
    if (data.type === 'files.keep') await keepVisited(data.addresses);
    const windows = (await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })).length;
    // Other windows still show the old version, whose files would go.
    if (data.type === 'version.use' && windows === 1) await scope.skipWaiting();
    ports[0]?.postMessage({ version: VERSION, windows } satisfies FromWorker);
  };
  event.waitUntil(act());
});
