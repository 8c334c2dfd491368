/** Finds what `ctypes` calls a foreign function with. */
import type { Code } from '../stack/code.ts';
import type { Data } from '../stack/data.ts';
import { signedLeb } from '../stack/wasm-module.ts';
import { op } from './instructions.ts';

/** What it says when it cannot. */
const cannot = 'ffi_prep_cif failed';

/** `_ctypes_callproc`, which answers with a new object, or with 0 and an exception. */
export function foreignCall(code: Code, data: Data): number {
  const named = Buffer.from([op.i32Const, ...signedLeb(data.addressOf(cannot))]);
  const found = code.bodies.flatMap((body, index) => (body.includes(named) ? [index] : []));
  const [call, ...others] = found;
  if (call === undefined || others.length > 0)
    throw new TypeError(`ctypes looks different: ${found.length} functions call a foreign one.`);
  return call;
}
