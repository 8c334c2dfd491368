/**
 * What of SQLite takes part. Pyodide's is made for one thread (`SQLITE_THREADSAFE=0`), but here one thread may wait
 * inside a connection until another connection gives a lock back, or in a Python function that SQL has called. A second
 * thread must not enter the connection meanwhile; elsewhere SQLite's own mutex sees to that.
 */
import type { Code } from '../stack/code.ts';
import { op } from './instructions.ts';

/**
 * What `sqlite3` calls that enters a connection. The first parameter is the connection, or a statement of it
 * (`ofStatement`). What may free the connection does not stay inside (`stays`).
 */
export const entries: readonly (readonly [name: string, ofStatement: boolean, stays: boolean])[] = [
  ['sqlite3_prepare_v2', false, true],
  ['sqlite3_exec', false, true],
  ['sqlite3_blob_open', false, true],
  ['sqlite3_close_v2', false, false],
  ['sqlite3_step', true, true],
  ['sqlite3_reset', true, true],
  ['sqlite3_finalize', true, false],
];

/** Where a connection keeps its mutex, which it does not have: `offsetof(sqlite3, mutex)`. */
export function connectionOwner(code: Code): number {
  const [locals, get, parameter, load, alignment, offset, end] = code.bodies[code.named('sqlite3_db_mutex')] ?? [];
  const asExpected =
    locals === 0 && get === op.localGet && parameter === 0 && load === op.i32Load && alignment === 2 && end === op.end;
  if (!asExpected || offset === undefined || offset > 0x7f)
    throw new TypeError('SQLite looks different: where it keeps a mutex.');
  return offset;
}
