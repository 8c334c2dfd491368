/**
 * Makes C wait where it would stand still, and know which thread it is in.
 *
 * Pyodide's module is made for one thread: to C, every thread has the same ident, a lock that is held is waited for in
 * a loop that nothing can end, and a sleep is a loop, too. Here the few functions through which C does this are given
 * other bodies, which ask the kernel. The question is a call of a Python function from WebAssembly: no JavaScript
 * stands between, so the kernel can suspend the fiber. docs/adr/0015-what-waits-in-c.md
 *
 * Invariant: until the machine has set the words (src/kernel/machine/cpython/words.ts), each function does what it did.
 * Its old body moves behind the last one. Made for Pyodide 314.0.7; throws where the module looks different.
 */
import { refusal, request, words } from '../../machine/cpython/words.ts';
import { Code } from '../stack/code.ts';
import { Data } from '../stack/data.ts';
import { leb, replaceFunctions, signedLeb } from '../stack/wasm-module.ts';
import { double, i32, i64, op, type Instructions } from './instructions.ts';
import { kernelCall, kernelCallType } from './kernel-call.ts';
import { busyStream, foreignCall } from './saying.ts';
import { connectionOwner, entries } from './sqlite.ts';
import { mainThreadIdent } from './thread-ident.ts';

/** What the new bodies call: the old one, and the kernel. */
interface Callable {
  readonly original: Instructions;
  readonly kernel: Instructions;
}

interface Body {
  /** How many words of its own it has, numbered after its parameters. */
  readonly locals: number;
  readonly code: (callable: Callable) => Instructions;
}

const constant = (value: number): Instructions => [op.i32Const, ...signedLeb(value)];
const load = (address: number): Instructions => [...constant(address), op.i32Load, 2, 0];
const store = (address: number, value: Instructions): Instructions => [
  ...constant(address),
  ...value,
  op.i32Store,
  2,
  0,
];
const get = (local: number): Instructions => [op.localGet, local];
const set = (local: number): Instructions => [op.localSet, local];
const all = (parameters: number): Instructions => Array.from({ length: parameters }, (_, index) => get(index)).flat();
/** The third argument of the kernel's function, where nothing is to be said. */
const nothing: Instructions = [op.f64Const, ...double(0)];

/** The word, once it is set. */
const ident = (address: number, extend: Instructions, type: number): Body => ({
  locals: 0,
  code: ({ original }) => [
    ...[...load(address), op.if, type, ...load(address), ...extend],
    ...[op.else, ...original, op.end],
  ],
});

/** Asks only if there is somebody to ask, it is held, and the caller would wait. */
const lock = (kind: number): Body => ({
  locals: 0,
  code: ({ original, kernel }) => [
    ...[...get(0), op.i32Load8, 0, 0, ...constant(1), op.i32And],
    ...[...get(1), op.i64Eqz, op.i32Eqz, op.i32And],
    ...[...load(words.asked), op.i32Eqz, op.i32Eqz, op.i32And],
    ...[op.if, i32, ...constant(kind), ...get(0), ...get(1), op.f64FromI64, ...kernel],
    ...[op.else, ...all(3), ...original, op.end],
  ],
});

/** Tells the kernel afterwards, if anybody waits. */
const release = (parameters: number): Body => ({
  locals: 0,
  code: ({ original, kernel }) => [
    ...[...all(parameters), ...original, ...load(words.waiting), op.if, op.empty],
    ...[...constant(request.released), ...get(0), ...nothing, ...kernel, op.drop, op.end],
  ],
});

/** Milliseconds. Where the kernel cannot wait, C does. */
const sleep: Body = {
  locals: 0,
  code: ({ original, kernel }) => [
    ...[...constant(request.sleep), ...constant(0), ...get(0), ...kernel],
    ...[op.i32Eqz, op.if, op.empty, ...get(0), ...original, op.end],
  ],
};

/** `SQLITE_BUSY` */
const busy = 5;

/**
 * Waits until no other thread is inside the connection; then the caller's thread is, until the call is over, if
 * `stays`. The owner's ident stands where SQLite would keep its mutex.
 */
function enter(parameters: number, owner: number, me: number, ofStatement: boolean, stays: boolean): Body {
  const [connection, result] = [parameters, parameters + 1];
  const held: Instructions = [...get(connection), op.i32Load, 2, owner];
  const own = (value: Instructions): Instructions => [...get(connection), ...value, op.i32Store, 2, owner];
  return {
    locals: 2,
    code: ({ original, kernel }) => [
      ...get(0),
      // `sqlite3_stmt` begins with its connection.
      ...(ofStatement ? [op.i32Load, 2, 0] : []),
      ...[op.localTee, connection, op.i32Eqz, op.if, op.empty, ...all(parameters), ...original, op.return, op.end],
      ...[op.loop, op.empty, ...held, op.if, op.empty, ...held, ...load(me), op.i32Ne, op.if, op.empty],
      ...[...constant(request.entersConnection), ...get(connection), ...nothing, ...kernel],
      ...[op.i32Eqz, op.if, op.empty, ...constant(busy), op.return, op.end, op.br, 2, op.end, op.end, op.end],
      ...(stays
        ? [
            // A callback of the connection's uses it.
            ...[...held, op.if, op.empty, ...all(parameters), ...original, op.return, op.end],
            ...[...own(load(me)), ...all(parameters), ...original, ...set(result), ...own(constant(0))],
            ...[...load(words.waiting), op.if, op.empty],
            ...[...constant(request.released), ...get(connection), ...nothing, ...kernel, op.drop, op.end],
            ...get(result),
          ]
        : [...all(parameters), ...original]),
    ],
  };
}

/** What is called raises if Python that it called could not block, and ctypes has only told of that. */
function raising(parameters: number, release: Instructions): Body {
  const [before, result] = [parameters, parameters + 1];
  return {
    locals: 2,
    code: ({ original, kernel }) => [
      ...[...load(words.refused), ...set(before), ...store(words.refused, constant(0))],
      ...[...all(parameters), ...original, ...set(result)],
      ...[...load(words.refused), ...constant(refusal.ignored), op.i32Eq, ...get(result), ...constant(0), op.i32Ne],
      ...[op.i32And, op.if, op.empty, ...get(result), ...release],
      ...[...constant(request.blocked), ...constant(0), ...nothing, ...kernel, ...set(result), op.end],
      ...[...store(words.refused, get(before)), ...get(result)],
    ],
  };
}

/** Takes note if what is ignored is that Python could not block. */
const ignoring = (occurred: Instructions, runtimeError: number): Body => ({
  locals: 0,
  code: ({ original }) => [
    ...[...load(words.refused), op.if, op.empty, ...occurred, ...load(runtimeError), op.i32Eq, op.if, op.empty],
    ...[...store(words.refused, constant(refusal.ignored)), op.end, op.end, ...all(2), ...original],
  ],
});

/** It does not look whether the lock was to be had: where it was not, an exception is set. */
const failing = (occurred: Instructions): Body => ({
  locals: 0,
  code: ({ original }) => [
    ...[...get(0), ...original, ...constant(0), op.i32Ne],
    ...[...occurred, op.i32Eqz, op.i32And],
  ],
});

/** What is changed, by its number. */
function bodiesFor(code: Code, data: Data): Map<number, Body> {
  const me = mainThreadIdent(code, data);
  const owner = connectionOwner(code);
  const named: [string, Body][] = [
    ['PyThread_get_thread_ident', ident(me, [], i32)],
    ['PyThread_get_thread_ident_ex', ident(me, [op.i64FromU32], i64)],
    ['PyThread_acquire_lock_timed', lock(request.lock)],
    ['_PyMutex_LockTimed', lock(request.mutex)],
    ['PyThread_release_lock', release(1)],
    ['_PyParkingLot_Unpark', release(3)],
    ['emscripten_thread_sleep', sleep],
    ['PyErr_FormatUnraisable', ignoring(callOf(code, 'PyErr_Occurred'), data.named('PyExc_RuntimeError'))],
    ...entries.map(([name, ofStatement, stays]): [string, Body] => {
      return [name, enter(code.parameters(code.named(name)), owner, me, ofStatement, stays)];
    }),
  ];
  const call = foreignCall(code, data);
  return new Map([
    ...named.map(([name, body]): [number, Body] => [code.named(name), body]),
    [busyStream(code, data), failing(callOf(code, 'PyErr_Occurred'))],
    [call, raising(code.parameters(call), callOf(code, 'Py_DecRef'))],
  ]);
}

const callOf = (code: Code, name: string): Instructions => [...code.callOf(code.named(name))];

export function letCWait(bytes: Uint8Array): Uint8Array {
  const code = new Code(bytes);
  const { bodies, imported, typeNumbers } = code;
  const changed = bodiesFor(code, new Data(code));
  const behind = [...changed.keys()];
  const kernelType = code.numberOfType(kernelCallType.parameters, kernelCallType.results);
  if (kernelType < 0) throw new TypeError('CPython looks different: no function of the type that is needed.');

  const callTo = (place: number): Instructions => [op.call, ...leb(imported + bodies.length + place)];
  const replaced = bodies.map((body, index) => {
    const made = changed.get(index);
    if (made === undefined) return body;
    const callable = { original: callTo(behind.indexOf(index)), kernel: callTo(behind.length) };
    const locals = made.locals === 0 ? [0] : [1, made.locals, i32];
    return Uint8Array.from([...locals, ...made.code(callable), op.end]);
  });
  const added = [...behind.map((index) => bodies[index] ?? new Uint8Array()), kernelCall(code)];
  const types = [...typeNumbers, ...behind.map((index) => code.typeNumber(index)), kernelType];
  return replaceFunctions(bytes, [...replaced, ...added], types);
}
