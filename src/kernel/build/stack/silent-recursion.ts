/**
 * The functions of CPython 3.14 that recur through C and do not ask how deep they are.
 *
 * Invariant: each is found by what it does or says, since the module names only what it exports; throws where one is
 * not to be found.
 */
import type { Code } from './code.ts';
import { leb } from './wasm-module.ts';

/** `offsetof(PyTypeObject, tp_iternext)` */
const iternext = 112;
/** Of `map`, `zip`, `filter`, `enumerate` and `itertools`. */
const fewestIterators = 16;
/** What the function says that copies the children of an `Element`, when it cannot. */
const noCopy = 'deepcopy helper not found';

const op = { callIndirect: 0x11, i32Load: 0x28 } as const;
const i32 = 0x7f;

/** What each of them returns with an exception, by its number in `code`. */
export function silentRecursion(code: Code, asking: ReadonlySet<number>): Map<number, number> {
  const silent = code.bodies.flatMap((body, index) => (asking.has(index) ? [] : [{ body, index }]));
  const iterators = silent.filter(({ body, index }) => isIterator(code, index) && asksAnother(code, body));
  const copy = code.mentionOf(noCopy);
  const copiers = silent.filter(({ body }) => body.includes(copy));
  if (iterators.length < fewestIterators || copiers.length !== 1)
    throw new TypeError(`CPython looks different: ${iterators.length} iterators, ${copiers.length} copiers found.`);
  return new Map([
    [code.named('PyObject_Hash'), -1],
    ...[...iterators, ...copiers].map(({ index }) => [index, 0] as const),
  ]);
}

/** Whether it can be in `tp_iternext`: it takes one pointer and answers with one, and only C's pointers lead to it. */
function isIterator(code: Code, index: number): boolean {
  return code.typeNumber(index) === unary(code) && code.isPointedTo(index) && !code.isPublic(index);
}

/** Whether it asks another iterator for its next item. */
function asksAnother(code: Code, body: Buffer): boolean {
  const slot = Buffer.from([op.i32Load, 2, ...leb(iternext)]);
  const call = Buffer.from([op.callIndirect, ...leb(unary(code)), 0]);
  return (body.includes(slot) && body.includes(call)) || body.includes(code.callOf(code.named('PyIter_Next')));
}

function unary(code: Code): number {
  return code.numberOfType([i32], [i32]);
}
