/** The functions that ask CPython's question, how deep they are. Throws where the module looks different. */
import type { Code } from './code.ts';
import { leb } from './wasm-module.ts';

/** `offsetof(_PyThreadStateImpl, c_stack_soft_limit)`: what is compared with the stack pointer. */
const softLimit = 0x2c8;
/** Functions that must be found, or the offset is another. */
const known = [
  '_Py_Dealloc',
  'PyObject_Repr',
  'PyObject_RichCompare',
  'Py_EnterRecursiveCall',
  '_PyEval_EvalFrameDefault',
];
/** Bytes: a function not exported that does no more than ask is shorter, and it is its callers that recur. */
const shortest = 80;

const op = { globalGet: 0x23, i32Load: 0x28 } as const;

/** By their numbers in `code`. */
export function asking(code: Code): Set<number> {
  const pointer = Buffer.from([op.globalGet, ...leb(code.stackPointer)]);
  const limit = Buffer.from([op.i32Load, 2, ...leb(softLimit)]);
  const complaint = code.callOf(code.named('_Py_CheckRecursiveCall'));
  // The compiler has made functions of the question where it did not put it into the asking ones.
  const questions = code.bodies.flatMap((body, index) => {
    const alone = body.length < shortest && body.includes(complaint) && !code.isPublic(index);
    return alone ? [code.callOf(index)] : [];
  });
  questions.push(code.callOf(code.named('Py_EnterRecursiveCall')), complaint);
  const asks = (body: Buffer): boolean =>
    (body.includes(limit) && body.includes(pointer)) || questions.some((call) => body.includes(call));
  const found = new Set(code.bodies.flatMap((body, index) => (asks(body) ? [index] : [])));
  const lost = known.filter((name) => !found.has(code.named(name)));
  if (lost.length > 0) throw new TypeError(`CPython looks different: ${lost.join(', ')} not found by stack limit.`);
  return found;
}
