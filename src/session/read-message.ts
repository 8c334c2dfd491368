/**
 * Reads what comes out of the sandbox, which is data from outside: a message of the protocol, or nothing.
 *
 * Invariant: what is returned has exactly the declared fields, of the declared types, within the size limits.
 */
import * as v from 'valibot';
import { fromSandboxSchema, type FromSandbox } from '../protocol/message.ts';

/** The message, or undefined for anything else. */
export function readMessage(data: unknown): FromSandbox | undefined {
  const read = v.safeParse(fromSandboxSchema, data, { abortEarly: true });
  return read.success ? read.output : undefined;
}
