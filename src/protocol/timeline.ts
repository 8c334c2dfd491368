/**
 * What the threads, tasks and greenlets of one run did, in the order in which it happened. `at` is on the clock of the run's own output events.
 * Python writes it: src/kernel/python/_os_kernel/sched/recording.py.
 */
import * as v from 'valibot';
import { list, seconds, text, wholeNumber, type Data } from './schema.ts';

/** Of a file, a function, a lock, an exception. */
const name = text(1_000);
const lane = wholeNumber;
const at = seconds;
/** Where in the program; absent where none of its code is on the stack. */
const place = { file: v.exactOptional(name), line: v.exactOptional(wholeNumber) };
/** A thing that threads wait for: its number tells it from others, its name is what the program calls it there. */
const thing = { object: v.exactOptional(wholeNumber), name: v.exactOptional(name) };

const timelineEventSchema = v.variant('what', [
  /** `by` has started it; it is ready. */
  v.object({
    what: v.literal('started'),
    lane,
    at,
    ...place,
    by: v.exactOptional(lane),
    daemon: v.exactOptional(v.boolean()),
  }),
  /** It gets the processor. */
  v.object({ what: v.literal('runs'), lane, at }),
  /** It could go on, and another gets the processor. */
  v.object({ what: v.literal('left'), lane, at, ...place, why: v.picklist(['preempted', 'gave way']) }),
  v.object({
    what: v.literal('waits'),
    lane,
    at,
    ...place,
    ...thing,
    kind: v.picklist(['lock', 'notification', 'sleep', 'join', 'other']),
    /** As a report says it after "waits for": `a Lock`. */
    thing: name,
    /** The function of the standard library that the program has called: `Queue.get`. */
    call: v.exactOptional(name),
    /** Who holds the lock, and where it was taken. */
    holder: v.exactOptional(lane),
    held: v.exactOptional(wholeNumber),
    heldFile: v.exactOptional(name),
  }),
  /**
   * Its wait is over: `by` has woken it there, or the time was up, or a signal came, or something from outside. Of a task: a
   * descriptor was ready, or it was cancelled, as one that is left over when its loop ends is; it was `due` before its loop
   * had time for it. Of a greenlet: it was killed.
   */
  v.object({
    what: v.literal('ready'),
    lane,
    at,
    ...place,
    by: v.exactOptional(lane),
    how: v.exactOptional(v.picklist(['timeout', 'signal', 'io', 'cancelled', 'leftover', 'killed'])),
    due: v.exactOptional(seconds),
  }),
  /**
   * `failed` is the name of the exception that has left it; of the main thread, how the run ended; of a task `cancelled` as
   * well, or `destroyed` if it was freed while it waited; of a greenlet `killed`. Nobody has asked for an exception that is `unretrieved`.
   */
  v.object({
    what: v.literal('ended'),
    lane,
    at,
    failed: v.exactOptional(name),
    unretrieved: v.exactOptional(v.boolean()),
  }),
  /** It notified a Condition on which nobody waited. */
  v.object({ what: v.literal('unheard'), lane, at, ...place, ...thing }),
]);

export type TimelineEvent = Data<typeof timelineEventSchema>;

/** The kernel keeps 20,000 events, and one more for each thread. */
const most = 60_000;

export const timelineSchema = v.object({
  /** How many events there were that were not kept: the oldest. */
  lost: wholeNumber,
  /** What the events name, in the order in which it began: a thread, or a `kind` that runs `in` a thread. */
  lanes: list(
    v.object({ lane, name, kind: v.exactOptional(v.picklist(['task', 'greenlet', 'hub'])), in: v.exactOptional(lane) }),
    most,
  ),
  events: list(timelineEventSchema, most),
  /** When the imports were over with which the program begins. */
  imported: v.exactOptional(seconds),
});

export type Timeline = Data<typeof timelineSchema>;
