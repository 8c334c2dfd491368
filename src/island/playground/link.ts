/**
 * A program in the fragment of an address: JSON, compressed, in characters that an address keeps as they are.
 *
 * Invariant: reading never throws and never runs anything. What is whole in a damaged payload is read, and each thing that was
 * left out is named.
 */
import type { CellMode } from '../../protocol/cell.ts';
import { readConditions, type Conditions } from './conditions.ts';
import { nameFault, whyNotNamed } from './file-names.ts';
import { asFile, mostFiles, type WorkFile } from './workspace.ts';

export interface Shared {
  readonly mode: CellMode;
  /** The first one runs, and is text. At least one. */
  readonly files: readonly WorkFile[];
  /** How it runs where that is not as usual. */
  readonly conditions?: Conditions;
}

export type ReadLink =
  /** `lost` has a sentence for each thing that the link has and the page cannot take over. */
  | { readonly state: 'read'; readonly shared: Shared; readonly lost: readonly string[] }
  /** A sentence that says why nothing of it can be used. */
  | { readonly state: 'unreadable'; readonly why: string };

/**
 * Raised when a page that reads the one before could misunderstand a payload. A page of version 1 runs the first file alone and
 * as usual, so what needs no more is still written in it.
 */
const newest = 2;
const versionOf = ({ files, conditions }: Shared): number => (files.length > 1 || conditions ? newest : 1);
const prefix = '#code=';

/** Characters of a fragment. Far below what browsers take, and what most programs that pass addresses on take as well. */
export const longestFragment = 32_000;
/** Bytes after decompression: a small link may claim to be gigabytes. */
const mostBytes = 4 << 20;

export const hasProgram = (fragment: string): boolean => fragment.startsWith(prefix);

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
  const bytes = new TextEncoder().encode(JSON.stringify({ version: versionOf(shared), ...shared }));
  // A browser reads no more than this again.
  if (bytes.length > mostBytes) return undefined;
  const packed = await through(new CompressionStream('deflate-raw'), bytes, longestFragment);
  const fragment = packed && `${prefix}${toText(packed)}`;
  return fragment === undefined || fragment.length > longestFragment ? undefined : fragment;
}

const broken = 'This link is not whole: a part of it may have been cut off on its way. Ask for it again.';

/** Why a file of the link cannot be taken over, beside those of the names `others`; undefined for one that can. */
function faultOf({ name, base64 }: WorkFile, others: readonly string[], index: number): string | undefined {
  if (others.includes(name)) return `The link has ${name} twice.`;
  if (index === 0 && base64) return 'The program of the link is not text.';
  if ((others.length === 0 ? nameFault(name) : whyNotNamed(name, others)) !== undefined)
    return `File ${index + 1} of the link has a name that no file can have here.`;
  // The program, and as many beside it.
  return others.length > mostFiles ? `The link has more than ${mostFiles} files.` : undefined;
}

function readFiles(value: unknown, lost: string[]): readonly WorkFile[] {
  const files: WorkFile[] = [];
  for (const [index, each] of (Array.isArray(value) ? (value as unknown[]) : []).entries()) {
    const file = asFile(each);
    const names = files.map(({ name }) => name);
    const why = file ? faultOf(file, names, index) : `File ${index + 1} of the link is not text.`;
    if (file && why === undefined) files.push(file);
    // A link that is all faults is told of in a few words.
    else if (lost.length < 5) lost.push(why ?? '');
  }
  return files;
}

const words: Readonly<Record<string, string>> = { net: 'network' };

function readPayload(payload: unknown): ReadLink {
  if (typeof payload !== 'object' || payload === null) return { state: 'unreadable', why: broken };
  const given = payload as Record<string, unknown>;
  const lost: string[] = [];
  const files = readFiles(given['files'], lost);
  if (given['version'] !== 1 && given['version'] !== newest) {
    const why = 'This link was made for another version of the playground.';
    if (files.length === 0) return { state: 'unreadable', why: `${why} Nothing in it can be read here.` };
    lost.unshift(`${why} Its code is here; what else it says may be missing.`);
  }
  if (files.length === 0) return { state: 'unreadable', why: lost[0] ?? 'This link has no program in it.' };
  const { mode } = given;
  const { conditions, refused } = readConditions(given['conditions']);
  for (const name of refused) lost.push(`What the link says of its ${words[name] ?? name} cannot be read here.`);
  return {
    state: 'read',
    shared: {
      mode: mode === 'notebook' ? 'notebook' : 'script',
      files,
      ...(Object.keys(conditions).length > 0 && { conditions }),
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
