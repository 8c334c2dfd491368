/**
 * Makes a function of WebAssembly out of one of JavaScript, so that it can stand where C expects a pointer to a function.
 *
 * Invariant: a call of the result is a call of the original, and what that throws goes through.
 */

/** A module that imports a function and exports it: `(import "e" "f" (func)) (export "f" (func 0))`. */
function module(parameters: readonly number[]): WebAssembly.Module {
  const type = [1, 0x60, parameters.length, ...parameters, 0];
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...[1, type.length, ...type],
      ...[2, 7, 1, 1, 0x65, 1, 0x66, 0, 0],
      ...[7, 5, 1, 1, 0x66, 0, 0],
    ]),
  );
}

/** `parameters` are value types of WebAssembly; there is no result. */
export function reExported(
  original: (...args: never[]) => unknown,
  parameters: readonly number[],
): WebAssembly.ExportValue | undefined {
  const { exports } = new WebAssembly.Instance(module(parameters), { e: { f: original } });
  return exports['f'];
}
