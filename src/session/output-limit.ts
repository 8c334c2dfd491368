/** Counts what a run sends. Invariant: no run hands on more than a page can hold. */
import type { RunEvent } from '../protocol/event.ts';
import type { RunJob } from './job.ts';

/** Characters that one run may send. The kernel stops well before, so only a program that gets past the kernel reaches this. */
const mostCharacters = 16 << 20;

function textLength(event: RunEvent): number {
  switch (event.type) {
    case 'stdout':
    case 'stderr':
    case 'result':
      return event.text.length;
    case 'error':
      return event.name.length + event.message.length + event.traceback.length + (event.hint?.length ?? 0);
    case 'check':
      if (event.state !== 'failed') return event.check.length;
      return Object.values(event.failure).reduce((sum, text) => sum + text.length, event.check.length);
    case 'exit':
      return 0;
    default:
      return event satisfies never;
  }
}

/** Hands `events` to the run; false when it has sent too much and must be ended. */
export function handOn(job: RunJob, events: readonly RunEvent[]): boolean {
  for (const event of events) job.received += textLength(event);
  if (job.received > mostCharacters) return false;
  job.onEvents(events);
  return true;
}
