/** The program of a cell, with all that it continues, for an interpreter that runs nothing else. */
import type { SteppingAsked } from '../../protocol/stepping.ts';
import { fileNameOf } from '../../protocol/file-name.ts';
import type { LiveCell } from './cell.ts';
import { session } from './python.ts';

const partOf = (cell: LiveCell) => ({ filename: fileNameOf(cell.cell), source: cell.source });

export function programOf(target: LiveCell): Omit<SteppingAsked, 'granularity'> {
  return {
    ...partOf(target),
    before: target.ancestors.reverse().map(partOf),
    argv: [],
    beside: session.modulesFor(fileNameOf(target.cell)),
  };
}
