/**
 * Fetches what is missing of a list into the cache of its version.
 *
 * Invariant: each file that came is kept whatever happens to the next one, so a later call goes on where this one ended.
 */
import { addressOf, cacheName, keyOf, wholeMark, type FileList, type ListedFile } from './list.ts';

export type KeepEnd =
  { readonly kind: 'whole' | 'stopped' | 'full' | 'busy' } | { readonly kind: 'failed'; readonly why: string };

export interface KeptState {
  readonly missing: readonly ListedFile[];
  readonly whole: boolean;
}

export async function keptOf(list: FileList, root: URL): Promise<KeptState> {
  const cache = await caches.open(cacheName(root, list.version));
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  return {
    missing: list.files.filter(({ path }) => !kept.has(keyOf(path, root))),
    whole: kept.has(keyOf(wholeMark, root)),
  };
}

async function fetchInto(cache: Cache, { path }: ListedFile, root: URL, signal: AbortSignal): Promise<void> {
  const response = await fetch(addressOf(path, root), { cache: 'reload', credentials: 'same-origin', signal });
  if (!response.ok) throw new Error(`the host answered ${response.status} for ${path}`);
  // A page may not be answered with what was redirected.
  const answer = response.redirected ? new Response(response.body, { headers: response.headers }) : response;
  await cache.put(keyOf(path, root), answer);
}

async function keepMissing(
  list: FileList,
  root: URL,
  signal: AbortSignal,
  arrived: (file: ListedFile) => void,
): Promise<KeepEnd> {
  const cache = await caches.open(cacheName(root, list.version));
  const { missing } = await keptOf(list, root);
  const left = [...missing];
  const broken = new AbortController();
  const either = AbortSignal.any([signal, broken.signal]);
  let fault: Error | undefined;
  const turn = async (): Promise<void> => {
    for (let file = left.shift(); file !== undefined && !either.aborted; file = left.shift()) {
      try {
        await fetchInto(cache, file, root, either);
        arrived(file);
      } catch (error) {
        fault ??= error as Error;
        broken.abort();
      }
    }
  };
  // As many as a browser opens to one host.
  await Promise.all(Array.from({ length: 6 }, turn));
  if (signal.aborted) return { kind: 'stopped' };
  if (fault instanceof DOMException && fault.name === 'QuotaExceededError') return { kind: 'full' };
  if (fault !== undefined) return { kind: 'failed', why: fault.message };
  await cache.put(keyOf(wholeMark, root), new Response(list.version));
  return { kind: 'whole' };
}

/** `busy` when another tab is at it. Rejects only where the browser forbids caches. */
export async function keep(
  list: FileList,
  root: URL,
  signal: AbortSignal,
  arrived: (file: ListedFile) => void,
): Promise<KeepEnd> {
  return navigator.locks.request(`${cacheName(root, list.version)} keep`, { ifAvailable: true }, (lock) =>
    lock === null ? { kind: 'busy' as const } : keepMissing(list, root, signal, arrived),
  );
}

/** All but the shell, which the next visit would fetch again. */
export async function removeKept(list: FileList, root: URL): Promise<void> {
  const cache = await caches.open(cacheName(root, list.version));
  // First: from now on files are asked of the network.
  await cache.delete(keyOf(wholeMark, root));
  for (const { path, part } of list.files) if (part !== 'shell') await cache.delete(keyOf(path, root));
}
