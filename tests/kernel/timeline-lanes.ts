/** Finds what a timeline tells of one lane, by the lane's name. */
import type { Timeline, TimelineEvent } from '../../src/protocol/timeline.ts';

export const laneOf = (timeline: Timeline | undefined, name: string) =>
  timeline?.lanes.find((each) => each.name === name)?.lane;

/** The events of the lane with that name. */
export function of(timeline: Timeline | undefined, name: string): readonly TimelineEvent[] {
  const lane = laneOf(timeline, name);
  return timeline?.events.filter((event) => event.lane === lane) ?? [];
}

export const waits = (events: readonly TimelineEvent[]) => events.filter(({ what }) => what === 'waits');
