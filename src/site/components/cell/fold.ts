/** Recorded output over forty lines is folded: its beginning and its end stay in sight, the rest opens on demand. */
import type { Block } from '../../../island/render/block.ts';

const longest = 40;
/** Lines that stay in sight: enough to see what is printed, and how it ends. */
const [first, last] = [25, 5];

export interface Folded {
  readonly before: readonly Block[];
  /** Undefined where nothing is hidden. */
  readonly rest?: { readonly blocks: readonly Block[]; readonly lines: number };
  readonly after: readonly Block[];
}

const linesIn = (blocks: readonly Block[]): number => blocks.reduce((sum, { lines }) => sum + lines.length, 0);

/** Lines `from` to `to` of all blocks together, each block cut where the range ends. */
function between(blocks: readonly Block[], from: number, to: number): Block[] {
  let start = 0;
  return blocks.flatMap((block) => {
    const lines = block.lines.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += block.lines.length;
    return lines.length === 0 ? [] : [{ ...block, lines }];
  });
}

export function fold(blocks: readonly Block[]): Folded {
  const count = linesIn(blocks);
  if (count <= longest) return { before: blocks, after: [] };
  return {
    before: between(blocks, 0, first),
    rest: { blocks: between(blocks, first, count - last), lines: count - first - last },
    after: between(blocks, count - last, count),
  };
}

/** How many lines of text stand there while it is closed; the line that opens it is about as high as two. */
export function linesInSight({ before, rest, after }: Folded): number {
  return linesIn(before) + linesIn(after) + (rest === undefined ? 0 : 2);
}
