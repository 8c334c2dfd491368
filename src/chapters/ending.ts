/** How a run ended, from its events: an exception, or an exit code that says that something failed. */
import type { OutputEvent } from '../protocol/event.ts';

export function endedWithError(events: readonly OutputEvent[]): boolean {
  return events.some((event) => event.type === 'error' || (event.type === 'exit' && event.code !== 0));
}
