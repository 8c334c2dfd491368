/** Draws the first figure of this chapter from the recorded run of `all-schedules`: each order and each result in it was printed there. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

interface Schedule {
  readonly order: string;
  readonly result: number;
}

const LINE = /^([AB]{6}) (\d) (?:lost)?$/;

function recordedSchedules(): Schedule[] {
  const path = new URL('../snapshots/all-schedules.json', import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const printed = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  const lines = printed.trimEnd().split('\n').slice(0, -1);
  return lines.map((line) => {
    const [, order, result] = LINE.exec(line) ?? [];
    if (order === undefined || result === undefined) throw new Error(`all-schedules printed: ${line}`);
    return { order, result: Number(result) };
  });
}

const WIDTH = 360;
const COLUMN = 190;
const STEP = 18;
const LANE = 12;
const PITCH = 36;
const TOP = 34;

const text = (x: number, y: number, content: string, look: string): string =>
  `<text class="${look}" x="${x}" y="${y}">${content}</text>`;

/** One task in its lane: a line from its read to its write, and its three steps on it. */
function task(order: string, name: string, x: number, y: number): string {
  const [from, to] = [order.indexOf(name), order.lastIndexOf(name)];
  const middle = y + LANE / 2;
  const steps = Array.from(order, (who, place) =>
    who === name
      ? `<rect class="fig-accent" x="${x + place * STEP}" y="${y}" width="${STEP - 2}" height="${LANE}"/>`
      : '',
  );
  return `<path class="fig-accent-line" d="M${x + from * STEP} ${middle}H${x + to * STEP}"/>` + steps.join('');
}

function drawn({ order, result }: Schedule, index: number, perColumn: number): string {
  const overlap = order !== 'AAABBB' && order !== 'BBBAAA';
  if (overlap === (result === 2)) throw new Error(`${order} gave ${result}: the caption does not hold`);
  const x = Math.floor(index / perColumn) * COLUMN;
  const y = TOP + (index % perColumn) * PITCH;
  const said = overlap
    ? text(x + 116, y + 18, `${result} lost`, 'fig-muted')
    : text(x + 116, y + 18, String(result), 'fig-accent-text');
  return task(order, 'A', x, y) + task(order, 'B', x, y + LANE + 2) + said;
}

const schedules = recordedSchedules();
const perColumn = schedules.length / 2;
const height = TOP + perColumn * PITCH;
const body = [
  text(0, 14, 'upper lane A, lower lane B; time goes right', 'fig-muted'),
  ...schedules.map((schedule, index) => drawn(schedule, index, perColumn)),
];

const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">`;
writeFileSync(new URL('./schedules.svg', import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
