/**
 * Lets C count before it looks whether a signal has come.
 *
 * CPython for Emscripten looks in two places: in the evaluation loop, where a countdown makes most looks cost nothing, and
 * in `PyErr_CheckSignals`, which `str`, `repr` and the conversion of numbers call each time. A look is a call of
 * JavaScript and a question to the clock, which takes longer than `str(1)`. Here `PyErr_CheckSignals` shares the countdown.
 * docs/adr/0022-what-a-look-costs.md
 *
 * Invariant: a countdown of 1 still means that the next look is taken at once (`Interrupts.look` relies on it). Made for
 * Pyodide 314.0.7; throws where the module looks different.
 */
import { Code } from '../stack/code.ts';
import { Data } from '../stack/data.ts';
import { importedFunctions, leb, replaceFunctions, sectionId, signedLeb } from '../stack/wasm-module.ts';
import { i32, op, type Instructions } from '../waits/instructions.ts';

/** The function of JavaScript that is called for a look (src/kernel/machine/looks.ts). */
const reading = '_Py_CheckEmscriptenSignals_Helper';
/** `PY_EMSCRIPTEN_SIGNAL_INTERVAL` of CPython; the kernel sets another one when it is asked. */
const interval = 50;

export function countLooks(bytes: Uint8Array): Uint8Array {
  const code = new Code(bytes);
  const number = importedFunctions(code.section(sectionId.import)).indexOf(reading);
  if (number < 0) throw new TypeError(`CPython looks different: it does not import ${reading}.`);
  const look = Buffer.from([op.call, ...leb(number)]);
  const clock = new Data(code).named('_Py_emscripten_signal_clock');
  const address = Buffer.from([op.i32Const, ...signedLeb(clock)]);

  const looking = code.bodies.flatMap((body, index) => (body.includes(look) ? [index] : []));
  const uncounted = looking.filter((index) => !code.bodies[index]?.includes(address));
  const [check, ...others] = uncounted;
  if (looking.length !== 2 || check === undefined || others.length > 0)
    throw new TypeError(`CPython looks different: ${looking.length} functions look, ${uncounted.length} do not count.`);
  const body = code.bodies[check] ?? Buffer.alloc(0);
  const at = body.indexOf(look);
  if (body.indexOf(look, at + 1) >= 0) throw new TypeError('CPython looks different: a function looks twice.');

  const counted = leb(code.imported + code.bodies.length);
  const changed = Buffer.concat([
    body.subarray(0, at),
    Uint8Array.from([op.call, ...counted]),
    body.subarray(at + look.length),
  ]);
  const bodies = [...code.bodies.with(check, changed), Uint8Array.from(countedLook(clock, [...look]))];
  return replaceFunctions(bytes, bodies, [...code.typeNumbers, code.numberOfType([], [i32])]);
}

/** `clock > 1 ? (clock -= 1, 0) : (clock = interval, look())` */
function countedLook(clock: number, look: Instructions): Instructions {
  const constant = (value: number): Instructions => [op.i32Const, ...signedLeb(value)];
  const left: Instructions = [op.localGet, 0];
  const store = (value: Instructions): Instructions => [...constant(clock), ...value, op.i32Store, 2, 0];
  return [
    ...[1, 1, i32],
    ...[...constant(clock), op.i32Load, 2, 0, op.localTee, 0, ...constant(1), op.i32GtS, op.if, i32],
    ...[...store([...left, ...constant(1), op.i32Sub]), ...constant(0)],
    ...[op.else, ...store(constant(interval)), ...look, op.end, op.end],
  ];
}
