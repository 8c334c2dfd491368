/**
 * Keeps the workspace as one more edit of the page, beside those of its cells, so that export, import and erase know it.
 *
 * Invariant: what is kept and cannot be read is moved aside, never written over.
 */
import { aside, editKey } from '../kept/keys.ts';
import { saveEdit } from '../kept/save-edit.ts';
import { loadEdit } from '../kept/saved-edit.ts';
import { asWorkspace, emptyWorkspace, type Workspace } from './workspace.ts';

const id = 'files';

export const workspaceKey = (): string => editKey(id);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An empty one where nothing is kept, and where the browser forbids storage. */
export function loadWorkspace(): Workspace | 'unreadable' {
  const saved = loadEdit(id);
  if (saved === 'none') return emptyWorkspace;
  if (saved === 'unreadable') return 'unreadable';
  const workspace = asWorkspace(parse(saved.source));
  if (workspace) return workspace;
  if (saveEdit(`${id}${aside}`, saved)) saveEdit(id, undefined);
  return 'unreadable';
}

/** False when the browser refuses, for want of room or of leave. */
export function saveWorkspace(workspace: Workspace): boolean {
  const empty = JSON.stringify(workspace) === JSON.stringify(emptyWorkspace);
  return saveEdit(id, empty ? undefined : { original: '', source: JSON.stringify(workspace) });
}
