/** The instructions of WebAssembly that the new bodies are made of (core specification, section 5.4). */

/** Bytes of code. */
export type Instructions = readonly number[];

export const op = {
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  return: 0x0f,
  call: 0x10,
  drop: 0x1a,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Load: 0x28,
  i32Load8: 0x2d,
  i32Store: 0x36,
  i32Const: 0x41,
  f64Const: 0x44,
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32Ne: 0x47,
  i32GtS: 0x4a,
  i64Eqz: 0x50,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32And: 0x71,
  i64FromU32: 0xad,
  f64FromI64: 0xb9,
  /** The type of a block without a result. */
  empty: 0x40,
} as const;

export const [i32, i64, f64] = [0x7f, 0x7e, 0x7c];

/** The bytes of a constant. */
export function double(value: number): Instructions {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return [...bytes];
}
