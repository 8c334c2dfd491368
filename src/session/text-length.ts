/** Counts the characters of events, for the limit on what one run may send. */
import type { RunEvent } from '../protocol/snapshot.ts';

export function textLength(events: readonly RunEvent[]): number {
  let sum = 0;
  for (const event of events) {
    if (event.type === 'error') sum += event.message.length + event.traceback.length;
    else if (event.type !== 'exit') sum += event.text.length;
  }
  return sum;
}
