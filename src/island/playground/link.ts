/**
 * A program in the fragment of an address: JSON, compressed, in characters that an address keeps as they are.
 *
 * Invariant: reading never throws and never runs anything. What is whole in a damaged payload is read, and each thing that was
 * left out is named.
 */
import type { CellMode } from '../../protocol/cell.ts';

interface SharedFile {
  readonly name: string;
  readonly text: string;
}

export interface Shared {
  readonly mode: CellMode;
  /** The first one runs. At least one. */
  readonly files: readonly SharedFile[];
  /** Chooses the order in which threads take turns. */
  readonly seed?: number;
  /** A schedule by name, for whoever can replay one. */
  readonly schedule?: string;
}

export type ReadLink =
  /** `lost` has a sentence for each thing that the link has and the page cannot take over. */
  | { readonly state: 'read'; readonly shared: Shared; readonly lost: readonly string[] }
  /** A sentence that says why nothing of it can be used. */
  | { readonly state: 'unreadable'; readonly why: string };

/** Raised when a page that reads this version could misunderstand a payload. */
const version = 1;
const prefix = '#code=';

/** Characters of a fragment. Far below what browsers take, and what most programs that pass addresses on take as well. */
export const longestFragment = 32_000;
/** Bytes after decompression: a small link may claim to be gigabytes. */
const mostBytes = 4 << 20;
const mostFiles = 50;

export const hasProgram = (fragment: string): boolean => fragment.startsWith(prefix);

/** Why a file cannot have this name, as a sentence; undefined for a good one. */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'A file needs a name.';
  if (name.length > 100) return 'A file name has at most 100 characters.';
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(name))
    return 'A file name begins with a letter, a digit or an underscore, and has only these, dots, hyphens and spaces in it.';
  if (/[. ]$/.test(name)) return 'A file name does not end with a dot or a space.';
  return undefined;
}

/** Bytes that a transform makes of `data`, or undefined if there are more than `most`. Rejects where `data` is damaged. */
async function through(
  transform: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>,
  data: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([data]).stream().pipeThrough(transform).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    size += value.length;
    if (size > most) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}

const toText = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

/** Throws for what is no base64url. */
const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));

/** With its `#`; undefined when it is too long for a link. */
export async function fragmentOf(shared: Shared): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(JSON.stringify({ version, ...shared }));
  // A browser reads no more than this again.
  if (bytes.length > mostBytes) return undefined;
  const packed = await through(new CompressionStream('deflate-raw'), bytes, longestFragment);
  const fragment = packed && `${prefix}${toText(packed)}`;
  return fragment === undefined || fragment.length > longestFragment ? undefined : fragment;
}

const broken = 'This link is not whole: a part of it may have been cut off on its way. Ask for it again.';

function readFiles(value: unknown, lost: string[]): readonly SharedFile[] {
  const files: SharedFile[] = [];
  const leaveOut = (why: string): void => {
    // A link that is all faults is told of in a few words.
    if (lost.length < 5) lost.push(why);
  };
  for (const [index, each] of (Array.isArray(value) ? (value as unknown[]) : []).entries()) {
    const file = typeof each === 'object' && each !== null ? (each as Record<string, unknown>) : {};
    const { name, text } = file;
    if (typeof name !== 'string' || typeof text !== 'string') leaveOut(`File ${index + 1} of the link is not text.`);
    else if (nameFault(name) !== undefined)
      leaveOut(`File ${index + 1} of the link has a name that no file can have here.`);
    else if (files.some((other) => other.name === name)) leaveOut(`The link has ${name} twice.`);
    else if (files.length === mostFiles) leaveOut(`The link has more than ${mostFiles} files.`);
    else files.push({ name, text });
  }
  return files;
}

function readPayload(payload: unknown): ReadLink {
  if (typeof payload !== 'object' || payload === null) return { state: 'unreadable', why: broken };
  const given = payload as Record<string, unknown>;
  const lost: string[] = [];
  const files = readFiles(given['files'], lost);
  if (given['version'] !== version) {
    const why = 'This link was made for another version of the playground.';
    if (files.length === 0) return { state: 'unreadable', why: `${why} Nothing in it can be read here.` };
    lost.unshift(`${why} Its code is here; what else it says may be missing.`);
  }
  if (files.length === 0) return { state: 'unreadable', why: lost[0] ?? 'This link has no program in it.' };
  const { mode, seed, schedule } = given;
  return {
    state: 'read',
    shared: {
      mode: mode === 'notebook' ? 'notebook' : 'script',
      files,
      ...(Number.isSafeInteger(seed) && { seed: seed as number }),
      ...(typeof schedule === 'string' && { schedule }),
    },
    lost,
  };
}

/** Reads what `fragmentOf` made, or what anyone else did. */
export async function readFragment(fragment: string): Promise<ReadLink> {
  try {
    const packed = toBytes(fragment.slice(prefix.length));
    const bytes = await through(new DecompressionStream('deflate-raw'), packed, mostBytes);
    if (bytes === undefined) return { state: 'unreadable', why: 'This link is larger than a program can be here.' };
    return readPayload(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return { state: 'unreadable', why: broken };
  }
}
