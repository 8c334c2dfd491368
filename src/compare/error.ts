/** `compare=error`: type and message of the exception; what was printed before it may differ. */
import { exact } from './exact.ts';
import type { Parts } from './run.ts';

export function error(recorded: Parts, now: Parts): string | undefined {
  return exact(recorded, now, ['error']);
}
