/** A file of the playground as a run finds it. */
import { readerFolder } from '../../protocol/file-name.ts';
import type { MountedFile } from '../../protocol/to-sandbox.ts';
import { bytesOf, type WorkFile } from './workspace.ts';

const known = new WeakMap<WorkFile, MountedFile>();

/** The same for the same file: an interpreter that has it keeps what a run wrote over it. */
export function mounted(file: WorkFile): MountedFile {
  const made = known.get(file) ?? { path: `${readerFolder}/${file.name}`, content: bytesOf(file) };
  known.set(file, made);
  return made;
}
