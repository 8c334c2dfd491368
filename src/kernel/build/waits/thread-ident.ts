/**
 * Finds where CPython keeps the ident of its main thread, `_PyRuntime.main_thread`.
 *
 * CPython compares a thread's ident with it before it looks at signals, which here is the end of a time slice, too: so
 * every fiber must be the main thread to CPython. The machine writes the ident of the thread that runs into this very
 * word, and what asks C for the ident is given the word.
 */
import type { Code } from '../stack/code.ts';
import { Reader, signedLeb } from '../stack/wasm-module.ts';
import type { Data } from '../stack/data.ts';

const op = { call: 0x10, localGet: 0x20, localSet: 0x21, i32Load: 0x28, i32Const: 0x41, i32Eq: 0x46 } as const;

/** Its address. Throws where `_Py_IsMainThread` looks different. */
export function mainThreadIdent(code: Code, data: Data): number {
  const runtime = data.named('_PyRuntime');
  const start = Buffer.from([
    ...[op.i32Const, ...signedLeb(runtime), op.localSet, 0],
    ...[...code.callOf(code.named('PyThread_get_thread_ident')), op.localGet, 0, op.i32Load, 2],
  ]);
  const offsets = code.bodies.flatMap((body) => {
    const at = body.indexOf(start);
    if (at < 0) return [];
    const reader = new Reader(body, at + start.length);
    const offset = reader.number();
    return reader.byte() === op.i32Eq ? [offset] : [];
  });
  const [offset, ...others] = offsets;
  if (offset === undefined || others.length > 0)
    throw new TypeError(`CPython looks different: ${offsets.length} functions ask for the main thread.`);
  return runtime + offset;
}
