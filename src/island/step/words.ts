/** What is said of a program that stands: what each thread does, why one cannot go on, what the last step did. */
import type { ShownName, Stands, StepFrame, StepLane } from '../../protocol/stepping.ts';
import type { Go } from './walk.ts';

/** Changed names of which a step is said to have changed them. */
const TOLD = 3;

export const nameOf = ({ name }: StepLane, index: number): string => name || `thread ${index}`;

/** `file` is that of the cell; a line of another one is told with its name. */
export const placeOf = ({ file, line }: StepFrame, own: string): string =>
  file === own ? `line ${line}` : `line ${line} of ${file}`;

/** What a thread does. */
export function toldLane(lane: StepLane, own: string): string {
  const [frame] = lane.frames;
  const at = frame ? ` at ${placeOf(frame, own)}` : '';
  const doing = lane.doing === '' ? '' : `, ${lane.doing}`;
  switch (lane.state) {
    case 'stands':
      return `Has the processor${at}${doing}`;
    case 'ready':
      return `Ready${at}${doing}`;
    case 'new':
      return 'Has not begun';
    case 'waits':
      return `Waits${at} for ${lane.thing}`;
    case 'ended':
      return lane.error === null ? 'Has ended' : `Has ended with ${lane.error}`;
    default:
      return lane.state satisfies never;
  }
}

/** Why a thread cannot go on; undefined for one that can. */
export function whyNot(stands: Stands, index: number): string | undefined {
  const lane = stands.lanes[index];
  if (stands.stopped === 'over' || !lane) return 'the program has ended';
  if (lane.state === 'waits') return `it waits for ${lane.thing}`;
  if (lane.state === 'ended') return 'it has ended';
  const { running, held } = stands;
  if (!held || running === null || running === index) return undefined;
  const holder = stands.lanes[running];
  const name = holder ? nameOf(holder, running) : 'another thread';
  return `${name} has the interpreter’s lock, and cannot lose it before its next switch point`;
}

/** The names whose texts are not as they were. */
export function changedNames(before: readonly ShownName[], now: readonly ShownName[]): ReadonlySet<string> {
  const texts = new Map(before.map(({ name, text }) => [name, text]));
  return new Set(now.filter(({ name, text }) => texts.get(name) !== text).map(({ name }) => name));
}

/** The same call in the look before: as far from the outermost, and of the same function. */
export function frameBefore(before: StepLane | undefined, now: StepLane, index: number): StepFrame | undefined {
  if (!before) return undefined;
  const depth = now.frames.length + now.left - index;
  const frame = before.frames[before.frames.length + before.left - depth];
  return frame?.name === now.frames[index]?.name ? frame : undefined;
}

function toldChanges(before: Stands | undefined, now: Stands): string {
  if (!before) return '';
  const lane = now.lanes[now.acting];
  const [frame] = lane?.frames ?? [];
  const local = lane && frame ? (frameBefore(before.lanes[now.acting], lane, 0)?.names ?? []) : [];
  const names = [
    ...(frame?.names ?? []).filter(({ name }) => changedNames(local, frame?.names ?? []).has(name)),
    ...now.shared.filter(({ name }) => changedNames(before.shared, now.shared).has(name)),
  ];
  if (names.length === 0) return '';
  const told = names.slice(0, TOLD).map(({ name, text }) => `${name} = ${text}`);
  const rest = names.length > TOLD ? ` and ${names.length - TOLD} more` : '';
  return ` Changed: ${told.join(', ')}${rest}.`;
}

function toldEnd({ failure, exit }: Stands): string {
  if (failure?.kind === 'deadlock') return `Deadlock: ${failure.what}.`;
  if (failure) return `The program has ended: ${failure.what}.`;
  return exit === null || exit === undefined
    ? 'The program has ended.'
    : `The program has ended with exit code ${exit}.`;
}

/** What the last step did. */
export function toldStep(before: Stands | undefined, now: Stands, own: string): string {
  const lane = now.lanes[now.acting];
  if (now.stopped === 'over' || !lane) return toldEnd(now) + toldChanges(before, now);
  const name = nameOf(lane, now.acting);
  const [frame] = lane.frames;
  const at = frame ? ` at ${placeOf(frame, own)}` : '';
  const doing = lane.doing === '' ? '' : `, ${lane.doing}`;
  const changes = toldChanges(before, now);
  switch (now.stopped) {
    case 'line':
    case 'point':
      return `${name} stands${at}${doing}.${changes}`;
    case 'break':
      return `${name} has called breakpoint()${at}.${changes}`;
    case 'long':
      return `${name} went on for thousands of switch points and did not wait; it stands${at}.${changes}`;
    case 'blocked':
      return `${name} waits${at} for ${lane.thing || 'its turn'}.${changes}`;
    case 'ended':
      return `${name} has ended${lane.error === null ? '' : ` with ${lane.error}`}.${changes}`;
    default:
      return now.stopped satisfies never;
  }
}

/** How far a button lets a thread go. */
export const goals: readonly (readonly [Go['until'], string])[] = [
  ['line', 'Next line'],
  ['point', 'Next switch point'],
  ['block', 'Until it waits'],
];
