/**
 * What is known to pass: cells and exercises that were run and found right, each by a hash of all that decides it. Kept
 * under `.cache/`, so that a check runs again only what has changed.
 *
 * Invariant: a hash stands here only after what it is of has run and passed; a lost file costs time and nothing else.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = '.cache/recorded.json';
/** Of one cell, the last first: who goes to and fro between branches finds both. */
const mostHashes = 8;

type Hashes = Readonly<Record<string, readonly string[]>>;

function read(path: string): Hashes {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    return typeof kept === 'object' && kept !== null ? (kept as Hashes) : {};
  } catch {
    return {};
  }
}

/** One cell or exercise, as it is now. */
export interface Proof {
  /** It has passed before, and that is to be relied on. */
  readonly holds: boolean;
  /** Call when it has run and passed. */
  keep(): void;
}

export class Known {
  readonly #path: string;
  readonly #folder: string;
  readonly #runtime: string;
  readonly #trust: boolean;

  /** `runtime` as `runtimeHash` gives it. Without `trust` everything runs, and what passes is kept all the same. */
  constructor(root: string, runtime: string, trust: boolean) {
    this.#folder = join(root, '.cache');
    this.#path = join(root, file);
    this.#runtime = runtime;
    this.#trust = trust;
  }

  /** `parts` are all that decides whether `name` passes, but for the runtime. */
  of(name: string, ...parts: readonly string[]): Proof {
    const hash = createHash('sha256')
      .update(JSON.stringify([this.#runtime, ...parts]))
      .digest('hex')
      .slice(0, 32);
    return {
      holds: this.#trust && (read(this.#path)[name]?.includes(hash) ?? false),
      keep: () => {
        // Read anew: another check may be running.
        const all = read(this.#path);
        const hashes = [hash, ...(all[name] ?? []).filter((other) => other !== hash)].slice(0, mostHashes);
        mkdirSync(this.#folder, { recursive: true });
        const partial = `${this.#path}.${randomUUID()}`;
        writeFileSync(partial, JSON.stringify({ ...all, [name]: hashes }, null, 1));
        renameSync(partial, this.#path);
      },
    };
  }
}

/** CI relies on nothing that was run elsewhere or before. */
export const inCi = (): boolean => !['', 'false', '0', undefined].includes(process.env['CI']);
