/**
 * Makes CPython's guard against deep recursion work where the engine's stack is the one that ends.
 *
 * CPython compares the C stack's pointer with a limit. In WebAssembly that stack holds only what a function keeps in
 * memory; calls and locals are on the engine's own, of which C knows nothing: freeing a list in a list in a list … uses
 * none of the first and ends the second, which is fatal. So each function that asks CPython's question also takes a
 * fixed room of the C stack while it runs. `PyObject_Hash`, which does not ask, is made to.
 *
 * Invariant: nothing but stack is used: the body of each such function moves behind the last one, and in its place
 * stands one that takes the room, calls it, and gives the room back. Made for Pyodide 314.0.7; throws where the module
 * looks different.
 */
import {
  exported,
  importedFunctions,
  leb,
  parameterCounts,
  Reader,
  replaceSections,
  sectionId,
  sections,
} from './wasm-module.ts';

/** `offsetof(_PyThreadStateImpl, c_stack_soft_limit)`: what is compared with the stack pointer. */
const softLimit = 0x2c8;
/** Bytes; a multiple of 16, to which C's stack is aligned. docs/adr/0008-a-stack-that-can-be-measured.md */
const room = 256;
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
/** Behind `maximum recursion depth exceeded` comes this C string: an empty one, below the data, where nothing lies. */
const nothing = 8;

const op = {
  if: 0x04,
  else: 0x05,
  i32: 0x7f,
  call: 0x10,
  localGet: 0x20,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Load: 0x28,
  i32Const: 0x41,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  end: 0x0b,
} as const;

/** LEB128, signed. */
function signed(value: number): number[] {
  return value < 0x40 && value >= -0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

/** Calls `target`; where `question` is given, only if that answers 0, and returns -1 with its exception otherwise. */
function wrapper(parameters: number, stackPointer: number, target: number, question?: number): Uint8Array {
  const move = (operation: number) => [
    ...[op.globalGet, ...leb(stackPointer), op.i32Const, ...signed(room), operation],
    ...[op.globalSet, ...leb(stackPointer)],
  ];
  const passed = Array.from({ length: parameters }, (_, index) => [op.localGet, ...leb(index)]).flat();
  const asked = [...passed, op.call, ...leb(target)];
  if (question !== undefined) {
    asked.unshift(op.i32Const, nothing, op.call, ...leb(question), op.if, op.i32, op.i32Const, ...signed(-1), op.else);
    asked.push(op.end);
  }
  // No locals; the results wait on the operand stack.
  const body = [0, ...move(op.i32Sub), ...asked, ...move(op.i32Add), op.end];
  return Uint8Array.from([...leb(body.length), ...body]);
}

export function guardStack(bytes: Uint8Array): Uint8Array {
  const reader = (id: number): Reader => {
    const section = sections(bytes).find((each) => each.id === id);
    if (section === undefined) throw new TypeError(`The module has no section ${id}.`);
    return new Reader(bytes, section.start);
  };
  const types = reader(sectionId.function);
  const typeOf = types.vector(() => types.number());
  const code = reader(sectionId.code);
  const bodies = code.vector(() => code.span());
  const imported = importedFunctions(reader(sectionId.import));
  const parameters = parameterCounts(reader(sectionId.type));
  const stackPointer = exported(reader(sectionId.export), 3).get('__stack_pointer');
  if (stackPointer === undefined) throw new TypeError('The module does not say where its stack pointer is.');

  const functions = exported(reader(sectionId.export), 0);
  const question = functions.get('Py_EnterRecursiveCall');
  if (question === undefined) throw new TypeError('The module does not export Py_EnterRecursiveCall.');
  const hash = functions.get('PyObject_Hash');
  const complaint = functions.get('_Py_CheckRecursiveCall');
  if (hash === undefined || complaint === undefined) throw new TypeError('The module does not export what is asked.');
  const calls = (target: number) => Buffer.from([op.call, ...leb(target)]);
  const pointer = Buffer.from([op.globalGet, ...leb(stackPointer)]);
  const limit = Buffer.from([op.i32Load, 2, ...leb(softLimit)]);
  const text = bodies.map(({ start, end }) => Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start));
  const publicOnes = new Set(functions.values());
  // The compiler has made functions of the question where it did not put it into the asking ones.
  const questions = text.flatMap((body, index) => {
    const alone = body.length < shortest && body.includes(calls(complaint)) && !publicOnes.has(index + imported);
    return alone ? [calls(index + imported)] : [];
  });
  questions.push(calls(question), calls(complaint));
  const asks = (body: Buffer): boolean =>
    (body.includes(limit) && body.includes(pointer)) || questions.some((call) => body.includes(call));
  const found = text.flatMap((body, index) => (asks(body) || index === hash - imported ? [index] : []));
  const lost = known.filter((name) => !found.includes((functions.get(name) ?? 0) - imported));
  if (lost.length > 0) throw new TypeError(`CPython looks different: ${lost.join(', ')} not found by stack limit.`);

  const withLength = ({ start, end }: { start: number; end: number }): Uint8Array =>
    Buffer.concat([Uint8Array.from(leb(end - start)), bytes.subarray(start, end)]);
  const moved = found.map((index) => bodies[index]).filter((body) => body !== undefined);
  const behind = new Map(found.map((index, place) => [index, imported + bodies.length + place]));
  const parts = bodies.map((body, index) => {
    const target = behind.get(index);
    if (target === undefined) return withLength(body);
    const asked = index === hash - imported ? question : undefined;
    return wrapper(parameters[typeOf[index] ?? -1] ?? 0, stackPointer, target, asked);
  });
  const count = leb(bodies.length + found.length);
  const contents = new Map<number, Uint8Array>([
    [
      sectionId.function,
      Uint8Array.from([...count, ...[...typeOf, ...found.map((index) => typeOf[index] ?? 0)].flatMap(leb)]),
    ],
    [sectionId.code, Buffer.concat([Uint8Array.from(count), ...parts, ...moved.map(withLength)])],
  ]);
  return replaceSections(bytes, contents);
}
