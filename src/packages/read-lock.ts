/** Reads a lock file in pip's format as uv writes it: each release, and the comments that say which others asked for it. */

export interface Locked {
  readonly version: string;
  /** The distributions that require this one. */
  readonly via: readonly string[];
}

export function readLock(text: string): ReadonlyMap<string, Locked> {
  const locked = new Map<string, { version: string; via: string[] }>();
  let current: { version: string; via: string[] } | undefined;
  for (const line of text.split('\n')) {
    const [, name, version] = /^([a-z0-9-]+)==(\S+)/.exec(line) ?? [];
    if (name !== undefined && version !== undefined) {
      current = { version, via: [] };
      locked.set(name, current);
      continue;
    }
    // `# via trio`, or `# via` and then one in each line; `-r wanted.in` is our own list.
    const [, via] = /^ {4}# (?:via )?\s*([a-z0-9-]+)$/.exec(line) ?? [];
    if (via !== undefined && via !== 'via') current?.via.push(via);
  }
  return locked;
}
