/** Cells of a built site, of whichever course it is, that a benchmark can give code of its own. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { attribute, elementsOf } from '../../src/build/html.ts';
import { pagesIn } from '../../src/build/pages.ts';
import type { CellData } from '../../src/protocol/cell.ts';

export interface SiteCells {
  /** The page's address below the site's, with a final slash. */
  readonly chapter: string;
  readonly ids: readonly string[];
}

/** Whether it runs here, alone, in the namespace of its chapter, and without a network or a clock of its own. */
function isPlain({ options }: CellData['cell']): boolean {
  const { mode, after, native, net, clock, packages, stdin } = options;
  const special = [after, native, net, stdin].some((option) => option !== undefined);
  return mode === 'notebook' && !special && clock === 1 && packages.length === 0;
}

/** The first page of the site at `folder` that has `count` such cells. Throws when none has. */
export async function plainCells(folder: string, count: number): Promise<SiteCells> {
  for (const page of await pagesIn(folder)) {
    const cells = elementsOf(await readFile(path.join(folder, page), 'utf8')).filter(
      (element) =>
        element.tagName === 'py-cell' &&
        attribute(element, 'data-live') !== undefined &&
        attribute(element, 'data-use') === undefined,
    );
    const ids = cells
      .map((element) => (JSON.parse(attribute(element, 'data-cell') ?? '') as CellData).cell)
      .filter(isPlain)
      .map(({ id }) => id);
    if (page !== 'index.html' && ids.length >= count)
      return { chapter: page.replace(/index\.html$/, ''), ids: ids.slice(0, count) };
  }
  throw new Error(`No page of ${folder} has ${count} plain ${count === 1 ? 'cell' : 'cells'} that run in the page.`);
}
