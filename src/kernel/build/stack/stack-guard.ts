/**
 * Makes CPython's guard against deep recursion work where the engine's stack is the one that ends.
 *
 * CPython compares the C stack's pointer with a limit. In WebAssembly that stack holds only what a function keeps in
 * memory; calls and locals are on the engine's own, of which C knows nothing: freeing a list in a list in a list … uses
 * none of the first and ends the second, which is fatal. So each function that asks CPython's question also takes a
 * fixed room of the C stack while it runs. Functions that recur and do not ask are made to (`silent-recursion.ts`).
 *
 * Invariant: nothing but stack is used: the body of each such function moves behind the last one, and in its place
 * stands one that takes the room, calls it, and gives the room back. Made for Pyodide 314.0.7; throws where the module
 * looks different.
 */
import { lowMemory } from '../../machine/cpython/words.ts';
import { asking } from './asking.ts';
import { Code } from './code.ts';
import { silentRecursion, type Silent } from './silent-recursion.ts';
import { leb, replaceFunctions, signedLeb } from './wasm-module.ts';

/** Bytes; a multiple of 16, to which C's stack is aligned. docs/adr/0008-a-stack-that-can-be-measured.md */
const room = 256;
/** Behind `maximum recursion depth exceeded` comes this C string: an empty one, below the data. */
const { nothing } = lowMemory;

const op = {
  if: 0x04,
  else: 0x05,
  i32: 0x7f,
  call: 0x10,
  localGet: 0x20,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  end: 0x0b,
} as const;

/** How a function that does not ask is made to. */
interface Question extends Silent {
  readonly index: number;
}

/** Calls `target`; where there is a question, only if that answers 0. */
function wrapper(parameters: number, stackPointer: number, target: number, question?: Question): Uint8Array {
  const taken = room * (question?.calls ?? 1);
  const move = (operation: number) => [
    ...[op.globalGet, ...leb(stackPointer), op.i32Const, ...signedLeb(taken), operation],
    ...[op.globalSet, ...leb(stackPointer)],
  ];
  const passed = Array.from({ length: parameters }, (_, index) => [op.localGet, ...leb(index)]).flat();
  const called = [...passed, op.call, ...leb(target)];
  const asked =
    question === undefined
      ? called
      : [
          ...[op.i32Const, nothing, op.call, ...leb(question.index), op.if, op.i32],
          ...[op.i32Const, ...signedLeb(question.failure), op.else, ...called, op.end],
        ];
  // No locals; the results wait on the operand stack.
  const body = [0, ...move(op.i32Sub), ...asked, ...move(op.i32Add), op.end];
  return Uint8Array.from(body);
}

export function guardStack(bytes: Uint8Array): Uint8Array {
  const code = new Code(bytes);
  const { bodies, imported, stackPointer, typeNumbers } = code;
  const asked = asking(code);
  const silent = silentRecursion(code, asked);
  const found = bodies.flatMap((body, index) => (asked.has(index) || silent.has(index) ? [{ body, index }] : []));
  const behind = new Map(found.map(({ index }, place) => [index, imported + bodies.length + place]));
  const question = code.named('Py_EnterRecursiveCall') + imported;

  const replaced = bodies.map((body, index) => {
    const target = behind.get(index);
    if (target === undefined) return body;
    const made = silent.get(index);
    return wrapper(code.parameters(index), stackPointer, target, made && { ...made, index: question });
  });
  return replaceFunctions(
    bytes,
    [...replaced, ...found.map(({ body }) => body)],
    [...typeNumbers, ...found.map(({ index }) => code.typeNumber(index))],
  );
}
