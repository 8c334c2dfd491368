/**
 * What the playground holds besides the code of its program and its cell: files, in the order of their tabs, and how each of
 * the two runs where that is not as usual.
 *
 * Invariant: what comes from storage is read whole or not at all; every name leads to a place below the folder of the run.
 */
import type { CellMode } from '../../protocol/cell.ts';
import { readConditions, type Conditions } from './conditions.ts';
import { nameFault, whyNotNamed } from './file-names.ts';

export interface WorkFile {
  readonly name: string;
  readonly text: string;
  /** `text` is the base64 of bytes that are no text in UTF-8. */
  readonly base64?: true;
}

/** How the code of one of the two runs. */
export interface Way {
  /** The name in its tracebacks. */
  readonly name?: string;
  readonly conditions: Conditions;
}

export interface Workspace {
  readonly files: readonly WorkFile[];
  readonly ways: Readonly<Record<CellMode, Way>>;
}

export const usualWay: Way = { conditions: {} };
export const emptyWorkspace: Workspace = { files: [], ways: { script: usualWay, notebook: usualWay } };

/** The name of the program itself, in its tab and in tracebacks, unless it was opened with another. */
export const programName = 'main.py';

export const mostFiles = 50;
/** Bytes of one file: a browser keeps about five million characters for a whole site. */
export const largestFile = 1_000_000;

export const isSame = (one: WorkFile, other: WorkFile): boolean =>
  one.name === other.name && one.text === other.text && one.base64 === other.base64;

const byBytes = new WeakMap<WorkFile, Uint8Array<ArrayBuffer>>();

/** The same array for the same file. */
export function bytesOf(file: WorkFile): Uint8Array<ArrayBuffer> {
  const known = byBytes.get(file);
  if (known) return known;
  const bytes = file.base64
    ? Uint8Array.from(atob(file.text), (character) => character.charCodeAt(0))
    : new TextEncoder().encode(file.text);
  byBytes.set(file, bytes);
  return bytes;
}

/** Undefined for what is no text in UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function fileOf(name: string, bytes: Uint8Array): WorkFile {
  const text = textOf(bytes);
  // A table of text has no NUL; an editor would show what has as something else.
  if (text !== undefined && !text.includes('\0')) return { name, text };
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { name, text: btoa(binary), base64: true };
}

/** Undefined for anything that is no file. */
export function asFile(value: unknown): WorkFile | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('text' in value)) return undefined;
  const { name, text } = value;
  if (typeof name !== 'string' || typeof text !== 'string') return undefined;
  if (!('base64' in value)) return { name, text };
  try {
    atob(text);
  } catch {
    return undefined;
  }
  return { name, text, base64: true };
}

function asWay(value: unknown): Way {
  if (typeof value !== 'object' || value === null) return usualWay;
  const { name, conditions } = value as Readonly<Record<string, unknown>>;
  return {
    ...(typeof name === 'string' && nameFault(name) === undefined && { name }),
    conditions: readConditions(conditions).conditions,
  };
}

/** Undefined for anything that is no workspace. */
export function asWorkspace(value: unknown): Workspace | undefined {
  if (typeof value !== 'object' || value === null || !('files' in value)) return undefined;
  const { files } = value;
  if (!Array.isArray(files) || files.length > mostFiles) return undefined;
  const read: WorkFile[] = [];
  for (const each of files as readonly unknown[]) {
    const file = asFile(each);
    const names = read.map(({ name }) => name);
    if (!file || whyNotNamed(file.name, names) !== undefined) return undefined;
    read.push(file);
  }
  const ways = 'ways' in value && typeof value.ways === 'object' && value.ways !== null ? value.ways : {};
  const { script, notebook } = ways as Readonly<Record<string, unknown>>;
  return { files: read, ways: { script: asWay(script), notebook: asWay(notebook) } };
}
