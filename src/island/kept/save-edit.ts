/** Keeps or forgets a reader's edit; apart from what reads it, which a page loads before anything is edited. */
import { keepsNothing } from './keeps-nothing.ts';
import { editKey } from './keys.ts';
import type { SavedEdit } from './saved-edit.ts';

/** Undefined forgets the edit. False when the browser refuses, for want of room or of leave. */
export function saveEdit(id: string, edit: SavedEdit | undefined): boolean {
  if (keepsNothing()) return true;
  try {
    if (edit) localStorage.setItem(editKey(id), JSON.stringify(edit));
    else localStorage.removeItem(editKey(id));
    return true;
  } catch {
    return edit === undefined;
  }
}
