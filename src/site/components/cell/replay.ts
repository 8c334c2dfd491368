/** Which recorded runs are worth replaying in their own time: those that a reader would have waited for. */
import type { OutputEvent } from '../../../protocol/event.ts';
import type { Snapshot } from '../../../protocol/snapshot.ts';

const shortest = 0.3;
/** Beyond this a page would carry its output twice for too little. */
const largest = 64 * 1024;

export function replayEvents(snapshot: Snapshot | undefined): readonly OutputEvent[] | undefined {
  if (!snapshot || snapshot.events.length < 2) return undefined;
  const times = snapshot.events.map((event) => event.at);
  if (Math.max(...times, snapshot.duration) - Math.min(...times) < shortest) return undefined;
  return JSON.stringify(snapshot.events).length > largest ? undefined : snapshot.events;
}
