/** What Python needs of a browser before anything is fetched, and what a second interpreter needs of the device. */
import * as faults from './faults.ts';

/** Throws a `FaultError` that says what is missing. */
export function requirePlatform(): void {
  if (typeof WebAssembly !== 'object') throw new faults.FaultError(faults.noWebAssembly);
  if (typeof Worker !== 'function') throw new faults.FaultError(faults.noWorkers);
  if (typeof DecompressionStream !== 'function') throw new faults.FaultError(faults.noInflate);
}

/** Room for an interpreter that waits: some browsers say how many GB of memory there are. */
export function hasRoom(): boolean {
  const memory: unknown = Reflect.get(navigator, 'deviceMemory');
  return typeof memory !== 'number' || memory >= 4;
}
