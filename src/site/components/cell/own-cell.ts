/** An empty cell for a reader's or a teacher's own code, as `Cell.astro` takes it. */
import type { Cell, CellData } from '../../../protocol/cell.ts';

/** `chapter` is the page's name; `options` are those that differ from a notebook cell's. */
export function ownCell(chapter: string, id: string, options: Partial<Cell['options']>): string {
  const data: CellData = {
    cell: {
      id,
      source: '',
      options: {
        mode: 'notebook',
        expectError: false,
        compare: { kind: 'recorded-only' },
        masks: [],
        clock: 1,
        timeout: 60,
        packages: [],
        lineNumbers: false,
        ...options,
      },
    },
    chapter,
  };
  return JSON.stringify(data);
}
