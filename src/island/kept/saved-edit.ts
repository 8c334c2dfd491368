/**
 * A reader's edit of a cell in the browser's storage, with the original that it was made from.
 *
 * Invariant: what is stored and cannot be read is moved aside, never written over.
 */
import { aside, editKey } from './keys.ts';

export interface SavedEdit {
  readonly original: string;
  readonly source: string;
}

export type Loaded = SavedEdit | 'none' | 'unreadable';

/** Undefined for anything that is no edit. */
export function asEdit(value: unknown): SavedEdit | undefined {
  if (typeof value !== 'object' || value === null || !('original' in value) || !('source' in value)) return undefined;
  const { original, source } = value;
  return typeof original === 'string' && typeof source === 'string' ? { original, source } : undefined;
}

export function parseEdit(text: string): SavedEdit | undefined {
  try {
    return asEdit(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function loadEdit(id: string): Loaded {
  const key = editKey(id);
  try {
    const text = localStorage.getItem(key);
    if (text === null) return 'none';
    const edit = parseEdit(text);
    if (edit) return edit;
    localStorage.setItem(`${key}${aside}`, text);
    localStorage.removeItem(key);
    return 'unreadable';
  } catch {
    return 'none';
  }
}
