/** Finds functions that the module does not name by what they say. */
import type { Code } from '../stack/code.ts';
import type { Data } from '../stack/data.ts';
import { signedLeb } from '../stack/wasm-module.ts';
import { op } from './instructions.ts';

/** The only function that names a certain C string. Throws where there is none, or more than one. */
function saying(code: Code, data: Data, text: string): number {
  const named = Buffer.from([op.i32Const, ...signedLeb(data.addressOf(text))]);
  const found = code.bodies.flatMap((body, index) => (body.includes(named) ? [index] : []));
  const [only, ...others] = found;
  if (only === undefined || others.length > 0)
    throw new TypeError(`CPython looks different: ${found.length} functions say "${text}".`);
  return only;
}

/** `_ctypes_callproc`, which calls a foreign function: it answers with a new object, or with 0 and an exception. */
export const foreignCall = (code: Code, data: Data): number => saying(code, data, 'ffi_prep_cif failed');

/** `_enter_buffered_busy`, which waits until another thread leaves a buffered stream: 0 with an exception. */
export const busyStream = (code: Code, data: Data): number => saying(code, data, 'reentrant call inside %R');
