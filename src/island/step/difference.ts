/** What differs between two looks at a program after the same step: in one sentence, the first that is found. */
import type { ShownName, Stands, StepLane } from '../../protocol/stepping.ts';

interface Looked {
  readonly stands: Stands;
  readonly output: Stands['output'];
}

const place = ({ state, frames }: StepLane): string => {
  const line = frames[0]?.line;
  const where = line === undefined ? '' : ` at line ${line}`;
  switch (state) {
    case 'waits':
      return `waits${where}`;
    case 'ended':
      return 'has ended';
    case 'new':
      return 'has not begun';
    case 'ready':
    case 'stands':
      return `stands${where}`;
    default:
      return state satisfies never;
  }
};

function ofNames(before: readonly ShownName[], now: readonly ShownName[]): string | undefined {
  const texts = new Map(before.map(({ name, text }) => [name, text]));
  const changed = now.find(({ name, text }) => texts.get(name) !== text);
  if (!changed) return undefined;
  return `${changed.name} is ${changed.text}, and was ${texts.get(changed.name) ?? 'not there'}`;
}

function ofLane(before: StepLane, now: StepLane): string | undefined {
  if (place(before) !== place(now)) return `${now.name} ${place(now)}, and did not before: it ${place(before)}`;
  if (before.thing !== now.thing) return `${now.name} waits for ${now.thing}, and waited for ${before.thing}`;
  const found = now.frames.map(({ names }, index) => ofNames(before.frames[index]?.names ?? [], names));
  return found.find((words) => words !== undefined);
}

const printed = ({ output }: Looked): string => output.map(({ text }) => text).join('');

/** Undefined where they agree. */
export function difference(before: Looked, now: Looked): string | undefined {
  const lanes = now.stands.lanes.map((lane, index) => {
    const known = before.stands.lanes[index];
    return known ? ofLane(known, lane) : `there is another thread, ${lane.name}`;
  });
  const found = lanes.find((words) => words !== undefined) ?? ofNames(before.stands.shared, now.stands.shared);
  if (found !== undefined) return found;
  if (now.stands.lanes.length !== before.stands.lanes.length) return 'a thread is missing';
  return printed(before) === printed(now) ? undefined : 'it prints something else';
}
