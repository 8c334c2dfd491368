/** Marks a line in the code of a cell. Invariant: at most one line of the page is marked by a table of steps. */
import { edit } from '../into-code.ts';
import { cellOfFile } from '../live/cell-files.ts';

let marked: HTMLElement | undefined;
let last = {};

/** `file` is of the cell `from`, or of one that it continues; undefined takes the mark away. */
export async function markIn(from: HTMLElement, file: string | undefined, line: number | undefined): Promise<void> {
  const mine = (last = {});
  const id = file === undefined ? undefined : cellOfFile(file, from);
  const cell = id === undefined ? null : document.getElementById(id);
  if (!marked && (!cell || line === undefined)) return;
  if (cell && !(await edit(cell, true, false))) return;
  const { markLine } = await import('../editor/open.ts');
  // Another row was chosen while the editor was loaded.
  if (last !== mine) return;
  if (marked && marked !== cell) markLine(marked, undefined);
  marked = undefined;
  if (!cell || line === undefined) return;
  markLine(cell, line);
  marked = cell;
}
