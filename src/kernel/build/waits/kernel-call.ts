/**
 * The function by which C asks the kernel: `(what, address, amount) -> answer`, of the types of `kernelCallType`.
 *
 * Invariant: whoever called it finds what it had: the interpreter's lock or none, and the exception that was set. A new
 * one is left only where a lock cannot be had or a foreign call is to fail, and then the answer is 0. The answer is 0, too, before there is a kernel
 * to ask.
 */
import { request, words } from '../../machine/cpython/words.ts';
import type { Code } from '../stack/code.ts';
import { leb, signedLeb } from '../stack/wasm-module.ts';
import { f64, i32, op, type Instructions } from './instructions.ts';

export const kernelCallType = { parameters: [i32, i32, f64], results: [i32] } as const;

/** Parameters and locals. */
const local = { what: 0, address: 1, amount: 2, detached: 3, raised: 4, frame: 5, result: 6, answer: 7 } as const;
const locals = 5;
/** Bytes of the C stack: one word before the arguments for CPython's use, three arguments, and three words to align. */
const frame = 32;
const firstArgument = 4;
/** `PY_VECTORCALL_ARGUMENTS_OFFSET` and three. */
const argumentCount = -0x80000000 + 3;

/** Its body without its length. */
export function kernelCall(code: Code): Uint8Array {
  const get = (index: number): Instructions => [op.localGet, index];
  const set = (index: number): Instructions => [op.localSet, index];
  const constant = (value: number): Instructions => [op.i32Const, ...signedLeb(value)];
  const load = (address: number): Instructions => [...constant(address), op.i32Load, 2, 0];
  const call = (name: string): Instructions => [...code.callOf(code.named(name))];
  const move = (operation: number): Instructions => [
    ...[
      op.globalGet,
      ...leb(code.stackPointer),
      ...constant(frame),
      operation,
      op.globalSet,
      ...leb(code.stackPointer),
    ],
  ];
  const argument = (index: number, value: Instructions): Instructions => [
    ...[...get(local.frame), ...value, op.i32Store, 2, firstArgument + 4 * index],
  ];
  const release = (index: number): Instructions => [
    ...[...get(local.frame), op.i32Load, 2, firstArgument + 4 * index, ...call('Py_DecRef')],
  ];
  const nobody: Instructions = [...constant(0), op.return, op.end];
  return Uint8Array.from([
    ...[1, locals, i32],
    ...[...load(words.asked), op.i32Eqz, op.if, op.empty, ...nobody],
    ...[...call('PyThreadState_GetUnchecked'), op.i32Eqz, op.localTee, local.detached, op.if, op.empty],
    ...[...load(words.threadState), op.i32Eqz, op.if, op.empty, ...nobody],
    ...[...load(words.threadState), ...call('PyEval_RestoreThread'), op.end],
    ...[...call('PyErr_GetRaisedException'), ...set(local.raised)],
    ...[...move(op.i32Sub), op.globalGet, ...leb(code.stackPointer), ...set(local.frame)],
    ...argument(0, [...get(local.what), ...call('PyLong_FromLong')]),
    ...argument(1, [...get(local.address), ...call('PyLong_FromUnsignedLong')]),
    ...argument(2, [...get(local.amount), ...call('PyFloat_FromDouble')]),
    ...[...load(words.asked), ...get(local.frame), ...constant(firstArgument), op.i32Add],
    ...[...constant(argumentCount), ...constant(0), ...call('PyObject_Vectorcall'), ...set(local.result)],
    ...[...release(0), ...release(1), ...release(2), ...move(op.i32Add)],
    ...[...get(local.result), op.if, op.empty],
    ...[...get(local.result), ...call('PyLong_AsLong'), ...set(local.answer)],
    ...[...get(local.result), ...call('Py_DecRef'), op.else],
    ...[...get(local.what), ...constant(request.lock), op.i32Ne],
    ...[...get(local.what), ...constant(request.mutex), op.i32Ne, op.i32And],
    ...[...get(local.what), ...constant(request.blocked), op.i32Ne, op.i32And],
    ...[op.if, op.empty, ...call('PyErr_Clear'), op.end, op.end],
    ...[...get(local.raised), op.if, op.empty, ...call('PyErr_Occurred'), op.if, op.empty],
    ...[...get(local.raised), ...call('Py_DecRef'), op.else],
    ...[...get(local.raised), ...call('PyErr_SetRaisedException'), op.end, op.end],
    ...[...get(local.detached), op.if, op.empty, ...call('PyEval_SaveThread'), op.drop, op.end],
    ...[...get(local.answer), op.end],
  ]);
}
