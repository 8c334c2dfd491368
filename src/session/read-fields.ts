/** Reads single values of a message from outside; each throws `Unreadable` for what is not of its type and size. */

export type Fields = Readonly<Partial<Record<string, unknown>>>;

/** Above what an honest kernel sends (`runLimit` in src/kernel/process/output.ts), with room for its notes. */
const longestText = 5 << 20;

export class Unreadable extends Error {}

export function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw new Unreadable();
  return value as Fields;
}

export function text(value: unknown, longest = longestText): string {
  if (typeof value !== 'string' || value.length > longest) throw new Unreadable();
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Unreadable();
  return value;
}

export function flag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Unreadable();
  return value;
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Unreadable();
  return found;
}

export function list(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Unreadable();
  return value;
}
