/**
 * The pieces that schemas of this room are made of. What crosses the border of the sandbox, or lies on a disk, has one
 * schema; its TypeScript type is `Data<typeof schema>`, so that the two cannot differ.
 *
 * Invariant: no text and no list is accepted without an upper bound, and a list's bound is checked before its items.
 */
import * as v from 'valibot';

type Frozen<T> = T extends Uint8Array | ArrayBuffer
  ? T
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** What a schema accepts, deeply read-only. */
export type Data<Schema extends v.GenericSchema> = Frozen<v.InferOutput<Schema>>;

/**
 * Characters of anything that a program prints. It is above what the kernel sends (`runLimit` in
 * src/kernel/process/output.ts), with room for the kernel's notes.
 */
const longestPrinted = 5 << 20;

export const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest));
export const printedText = text(longestPrinted);
/** A sentence or a paragraph of ours. */
export const note = text(4_000);
/** A number that counts or names something. */
export const wholeNumber = v.pipe(v.number(), v.safeInteger());
/** A point in time or a duration. */
export const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));

export function list<Item extends v.GenericSchema>(item: Item, most: number) {
  return v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item));
}
