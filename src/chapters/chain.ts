/** The cells that one cell continues, first to last; `after=` may only lead back up the page, so a chain has an end. */
import type { Cell } from '../protocol/cell.ts';
import type { Chapter } from './chapter.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { didYouMean } from './suggest.ts';

/** `cell` comes last. Cells that `after=` does not find are left out: `chainFaults` has told them. */
export function chainOf(cell: Cell, cells: ReadonlyMap<string, Cell>): readonly Cell[] {
  const chain = [cell];
  const seen = new Set([cell.id]);
  for (let after = cell.options.after; after !== undefined && !seen.has(after);) {
    seen.add(after);
    const previous = cells.get(after);
    if (previous === undefined) break;
    chain.unshift(previous);
    after = previous.options.after;
  }
  return chain;
}

export function cellsById(chapter: Chapter): ReadonlyMap<string, Cell> {
  return new Map(chapter.cells.map(({ cell }) => [cell.id, cell]));
}

export function chainFaults(chapter: Chapter): ContentFault[] {
  const faults: ContentFault[] = [];
  const earlier = new Map<string, Cell>();
  for (const { cell, line } of chapter.cells) {
    const { after, native } = cell.options;
    const fault = (what: string, mend: string): void =>
      void faults.push(contentFault({ file: chapter.file, line }, what, mend));
    if (after !== undefined) {
      const previous = earlier.get(after);
      if (previous === undefined && chapter.cellIds.has(after)) {
        const later = chapter.cells.find((other) => other.cell.id === after);
        if (later !== undefined) {
          fault(
            `“${cell.id}” continues “${after}”, which comes later (line ${later.line})`,
            'A cell may only continue one above it: move it, or name another in after=.',
          );
        }
      } else if (previous === undefined) {
        fault(
          `“${cell.id}” continues “${after}”, and the chapter has no such cell`,
          `${didYouMean(after, [...earlier.keys()])}Name an earlier cell of this chapter in after=.`,
        );
      } else if (previous.options.mode === 'script') {
        fault(
          `“${cell.id}” continues “${after}”, which is a script and leaves no state`,
          'Remove after= and carry the set-up in the cell, or make the earlier one a notebook cell.',
        );
      } else if (previous.options.native !== undefined && native === undefined) {
        fault(
          `“${cell.id}” runs in the page and continues “${after}”, which cannot`,
          'Make this cell native too, or carry the set-up in the cell.',
        );
      }
    }
    earlier.set(cell.id, cell);
  }
  return faults;
}
