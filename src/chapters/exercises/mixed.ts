/** The order in which lines are given to a reader: the same at every build, never one that is right or a known wrong one. */
import { createHash } from 'node:crypto';
import type { OrderExercise } from '../../protocol/exercise.ts';

/** Places in `lines`. */
export function mixed({ id, lines, also, wrong }: OrderExercise): readonly number[] {
  const places = lines.map((_, place) => place);
  const avoided = new Set([places, ...also, ...wrong.map(({ order }) => order)].map((order) => order.join()));
  const right = new Set([places, ...also].map((order) => order.join()));
  let best: readonly number[] = places.toReversed();
  for (let attempt = 0; attempt < 50; attempt++) {
    const key = (place: number): string =>
      createHash('sha256')
        .update(`${id} ${attempt} ${lines[place] ?? ''}`)
        .digest('hex');
    const order = places.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    if (!avoided.has(order.join())) return order;
    if (!right.has(order.join())) best = order;
  }
  return best;
}
