/** `<Order>`: put lines in order; every other order that is named is a permutation of the right one. */
import type { OrderExercise, WrongOrder } from '../../protocol/exercise.ts';
import type { FenceRule, Parts, RoleFence } from './parts.ts';

const langs = ['text', 'python'] as const;
const rules = {
  order: { langs, least: 1, most: 1, allowed: [], required: [] },
  also: { langs, least: 0, most: Infinity, allowed: [], required: [] },
  wrong: { langs, least: 2, most: Infinity, allowed: ['why'], required: ['why'] },
} as const satisfies Readonly<Record<string, FenceRule>>;

function linesOf(source: string): readonly string[] {
  return source
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

function repeated(lines: readonly string[]): string | undefined {
  return lines.find((line, index) => lines.indexOf(line) < index);
}

/** Places in `lines`; undefined, and a fault, when `fence` is no permutation of them. */
function permutation(parts: Parts, lines: readonly string[], fence: RoleFence): readonly number[] | undefined {
  const given = linesOf(fence.source);
  const strange = given.find((line) => !lines.includes(line));
  const missing = lines.find((line) => !given.includes(line));
  const twice = repeated(given);
  const mend = 'Write the very lines of the order fence, each once, in another order.';
  if (strange !== undefined) parts.fault(fence.line, `the line “${strange.trim()}” is not in the order fence`, mend);
  else if (missing !== undefined) parts.fault(fence.line, `the line “${missing.trim()}” is missing`, mend);
  else if (twice !== undefined) parts.fault(fence.line, `the line “${twice.trim()}” is there twice`, mend);
  else return given.map((line) => lines.indexOf(line));
  return undefined;
}

/** Undefined when it has faults, which are then in `parts`. */
export function readOrder(parts: Parts): OrderExercise | undefined {
  const { order, also, wrong } = parts.fences(rules);
  parts.countParts('Explanation', 1, 1);
  parts.requireProse();
  const [right] = order;
  if (right === undefined) return undefined;
  const lines = linesOf(right.source);
  const twice = repeated(lines);
  if (twice !== undefined) {
    parts.fault(right.line, `the line “${twice.trim()}” is there twice`, 'Lines must be distinct.');
    return undefined;
  }
  if (lines.length < 3) parts.fault(right.line, 'fewer than three lines to order', 'Give at least three.');
  const accepted: (readonly number[])[] = [lines.map((_, index) => index)];
  const known = (places: readonly number[], others: readonly (readonly number[])[]): boolean =>
    others.some((other) => other.join() === places.join());
  for (const fence of also) {
    const places = permutation(parts, lines, fence);
    if (places === undefined) continue;
    if (known(places, accepted)) parts.fault(fence.line, 'an order that is accepted already', 'Remove this fence.');
    accepted.push(places);
  }
  const rejected: WrongOrder[] = [];
  for (const fence of wrong) {
    const places = permutation(parts, lines, fence);
    if (places === undefined) continue;
    if (known(places, accepted)) parts.fault(fence.line, 'a wrong order that is also a right one', 'Keep one of them.');
    else if (
      known(
        places,
        rejected.map((one) => one.order),
      )
    )
      parts.fault(fence.line, 'the same wrong order twice', 'Keep one of them.');
    rejected.push({ order: places, why: fence.options.why ?? '' });
  }
  if (parts.faults.length > 0) return undefined;
  const code = right.lang === 'python';
  return { kind: 'order', id: parts.id, title: parts.title, code, lines, also: accepted.slice(1), wrong: rejected };
}
