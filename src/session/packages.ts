/**
 * Fetches the packages that interpreters ask for, each once, and tells how much has come.
 *
 * Invariant: every request is answered once, with all that it asked for or with what went wrong, unless its process dies.
 */
import type { RuntimeFile } from '../protocol/manifest.ts';
import type { FromSandbox } from '../protocol/message.ts';
import type { PackageArchive } from '../protocol/to-sandbox.ts';
import type { PackagesComing } from './contract.ts';
import { fetchFile } from './download.ts';
import { faultOf } from './faults.ts';
import type { Process } from './process.ts';

type Request = Extract<FromSandbox, { type: 'packages.request' }>;

/** One download under way or done. */
interface Download {
  readonly content: Promise<ArrayBuffer>;
  loaded: number;
}

export class Packages {
  readonly #base: URL;
  readonly #tell: (coming: PackagesComing | undefined) => void;
  readonly #downloads = new Map<string, Download>();
  /** What each process was given: one that asks again could not use it, so it is fetched anew. */
  readonly #given = new WeakMap<Process, Set<string>>();
  /** The site's, from the manifest. */
  served: Readonly<Record<string, RuntimeFile>> = {};

  /** `base` is the runtime's folder. */
  constructor(base: URL, tell: (coming: PackagesComing | undefined) => void) {
    this.#base = base;
    this.#tell = tell;
  }

  async answer(process: Process, { request, names }: Request): Promise<void> {
    const given = this.#given.get(process) ?? new Set();
    this.#given.set(process, given);
    const wanted = new Map(
      [...new Set(names)].flatMap((name) => {
        const file = Object.hasOwn(this.served, name) ? this.served[name] : undefined;
        return file === undefined ? [] : [[name, file] as const];
      }),
    );
    const downloads = new Map<string, Download>();
    const progress = (): void => {
      if (process.state === 'dead') return;
      const [name = ''] = wanted.keys();
      const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
      const loaded = sum([...downloads.values()].map((download) => download.loaded));
      this.#tell({ name, others: wanted.size - 1, loaded, total: sum([...wanted.values()].map(({ bytes }) => bytes)) });
    };
    for (const [name, file] of wanted) downloads.set(name, this.#download(name, file, given.has(name), progress));
    const coming = [...downloads].map(async ([name, { content }]): Promise<PackageArchive> => {
      const archive = { name, content: await content };
      given.add(name);
      return archive;
    });
    const settled = await Promise.allSettled(coming);
    this.#tell(undefined);
    if (process.state === 'dead') return;
    const failed = settled.find((result) => result.status === 'rejected');
    const archives = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const problem = failed && { problem: faultOf(failed.reason).why.replace(/\.$/, '') };
    process.post({ type: 'packages.reply', request, archives, ...problem });
  }

  #download(name: string, file: RuntimeFile, anew: boolean, progress: () => void): Download {
    const known = this.#downloads.get(name);
    if (known && !anew) return known;
    const cache = anew ? 'reload' : 'default';
    const content = fetchFile(this.#base, file, { cache }, (bytes) => {
      download.loaded = Math.min(file.bytes, download.loaded + bytes);
      progress();
    });
    const download: Download = { content, loaded: 0 };
    this.#downloads.set(name, download);
    // A failure is not kept: the next request tries again.
    content.catch(() => this.#downloads.delete(name));
    progress();
    return download;
  }
}
