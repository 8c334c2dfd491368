/** How a run ended, from its events: an exception, or an exit code that says that something failed. */
import type { RunEvent } from '../protocol/snapshot.ts';

export function endedWithError(events: readonly RunEvent[]): boolean {
  return events.some((event) => event.type === 'error' || (event.type === 'exit' && event.code !== 0));
}
