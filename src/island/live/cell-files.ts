/** Which cell of this page a traceback's file name is. */
import type { CellData } from '../../protocol/cell.ts';
import { fileNameOf } from '../../protocol/file-name.ts';

const nameOf = (cell: HTMLElement): string => fileNameOf((JSON.parse(cell.dataset['cell'] ?? '') as CellData).cell);

/** `from` comes first when several cells have the name. Undefined for a file that is no cell. */
export function cellOfFile(file: string, from: HTMLElement): string | undefined {
  const cells = [from, ...document.querySelectorAll<HTMLElement>('py-cell[data-cell]')];
  return cells.find((cell) => nameOf(cell) === file)?.id;
}
