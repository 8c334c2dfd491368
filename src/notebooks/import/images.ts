/**
 * Images of a notebook as files beside the chapter.
 *
 * Invariant: the name of a file is made here, of letters, digits and hyphens; what a notebook calls it cannot lead anywhere.
 * Only bytes that begin as their type says are written: a broken image would end the build.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

interface Kind {
  readonly ending: string;
  readonly begins: (bytes: Buffer) => boolean;
}

const kinds: Readonly<Record<string, Kind>> = {
  'image/png': { ending: 'png', begins: (bytes) => bytes.subarray(1, 4).toString('latin1') === 'PNG' },
  'image/jpeg': { ending: 'jpg', begins: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 },
  'image/gif': { ending: 'gif', begins: (bytes) => bytes.subarray(0, 4).toString('latin1') === 'GIF8' },
  'image/webp': { ending: 'webp', begins: (bytes) => bytes.subarray(8, 12).toString('latin1') === 'WEBP' },
  'image/svg+xml': { ending: 'svg', begins: (bytes) => /<svg[\s>]/.test(bytes.subarray(0, 4096).toString('utf8')) },
};

export const imageTypes: readonly string[] = Object.keys(kinds);

/** What in a drawing acts, or fetches from elsewhere. */
const acts = /<(?:script|foreignObject|iframe|object|embed)\b|\son[a-z]+\s*=|javascript:/i;

export type Kept = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly why: string };

const no = (why: string): Kept => ({ ok: false, why });

export class Images {
  /** By their path below the chapter's folder. */
  readonly files = new Map<string, Uint8Array>();
  readonly #folder: string;

  /** `folder` is the notebook's own: what it refers to may be taken from there and from below. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `name` is what it may be called; numbers keep two apart. */
  keep(type: string, bytes: Buffer, name: string): Kept {
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (kind === undefined) return no(`is of type ${type}, which pages do not show`);
    if (!kind.begins(bytes)) return no(`does not begin as ${type} does`);
    if (type === 'image/svg+xml' && acts.test(bytes.toString('utf8'))) return no('is a drawing with a script in it');
    const stem =
      name
        .toLowerCase()
        .replace(/\.\w+$/, '')
        .match(/[a-z0-9]+/g)
        ?.join('-')
        .slice(0, 40) ?? 'image';
    for (let number = 1; ; number++) {
      const path = `images/${number === 1 ? stem : `${stem}-${number}`}.${kind.ending}`;
      const there = this.files.get(path);
      if (there !== undefined && !bytes.equals(there)) continue;
      this.files.set(path, bytes);
      return { ok: true, path };
    }
  }

  /** `text` is Base64 or, of a drawing, may be the drawing itself. */
  keepText(type: string, text: string, name: string): Kept {
    const drawing = type === 'image/svg+xml' && text.trimStart().startsWith('<');
    return this.keep(type, drawing ? Buffer.from(text) : Buffer.from(text.replaceAll(/\s/g, ''), 'base64'), name);
  }

  /** An address that holds all of it: `data:image/png;base64,…`. */
  keepAddress(address: string, name: string): Kept {
    const [, type = '', encoded, data = ''] = /^data:([\w.+/-]+)[^,]*?(;base64)?,(.*)$/s.exec(address) ?? [];
    if (encoded !== undefined) return this.keepText(type, data, name);
    try {
      return this.keep(type, Buffer.from(decodeURIComponent(data)), name);
    } catch {
      return no('cannot be read');
    }
  }

  /** A file that stands beside the notebook. */
  keepFile(path: string): Kept {
    let file: string;
    let bytes: Buffer;
    try {
      const home = realpathSync(this.#folder);
      file = realpathSync(join(home, decodeURI(path)));
      if (!file.startsWith(home + sep)) return no('lies outside of the notebook’s folder');
      bytes = readFileSync(file);
    } catch {
      return no('is not beside the notebook');
    }
    const type = Object.entries(kinds).find(([, kind]) => kind.begins(bytes))?.[0];
    return type === undefined
      ? no('is no image that pages show')
      : this.keep(type, bytes, path.split('/').at(-1) ?? '');
  }
}
