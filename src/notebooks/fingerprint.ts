/** Tells whether cells are still what the export made of a part of the chapter. */
import { createHash } from 'node:crypto';

export function fingerprint(cells: readonly { readonly cell_type: string; readonly source: string }[]): string {
  const essence = cells.map(({ cell_type, source }) => [cell_type, source.replace(/\n$/, '')]);
  return createHash('sha256').update(JSON.stringify(essence)).digest('hex');
}
