/** Draws the figure of this chapter from the recorded run of `life-cycle`: each repr and each answer of is_alive() in it was printed there. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

interface Moment {
  readonly name: string;
  readonly state: string;
  readonly alive: string;
}

const LINE = /^(\w+) +<Thread\((\w+), (\w+)[ \d]*\)> (True|False)$/;

function recordedMoments(): Moment[] {
  const path = new URL('../snapshots/life-cycle.json', import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const printed = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  return printed.trimEnd().split('\n').map((line) => {
    const [, , name, state, alive] = LINE.exec(line) ?? [];
    if (name === undefined || state === undefined || alive === undefined)
      throw new Error(`life-cycle printed: ${line}`);
    return { name, state, alive };
  });
}

const WIDTH = 360;
const MAIN = 44;
const WORKER = 166;
const STATE = 220;
const LANE = 20;

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'start'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

const lane = (center: number, from: number, to: number, look: string): string =>
  `<rect class="${look}" x="${center - LANE / 2}" y="${from}" width="${LANE}" height="${to - from}"/>`;

/** An arrow between the two lanes, with what causes it above. */
function arrow(from: number, to: number, y: number, label: string): string {
  const back = to > from ? -6 : 6;
  const start = from - Math.sign(back) * (LANE / 2);
  const end = to + Math.sign(back) * (LANE / 2);
  return (
    `<path class="fig-accent-line" d="M${start} ${y}H${end}m${back} -4l${-back} 4l${back} 4"/>` +
    text((from + to) / 2, y - 7, label, 'fig-text fig-code', 'middle')
  );
}

function state(moment: Moment, y: number): string {
  return (
    `<rect class="fig-box" x="${STATE}" y="${y}" width="${WIDTH - STATE - 2}" height="46" rx="4"/>` +
    text((STATE + WIDTH - 2) / 2, y + 19, moment.state, 'fig-accent-text fig-code', 'middle') +
    text((STATE + WIDTH - 2) / 2, y + 37, `is_alive() ${moment.alive}`, 'fig-muted', 'middle')
  );
}

const [made, running, joined] = recordedMoments();
if (made === undefined || running === undefined || joined === undefined)
  throw new Error('life-cycle printed less than three moments');

const body = [
  text(MAIN, 16, 'main', 'fig-text', 'middle'),
  text(WORKER, 16, made.name, 'fig-text', 'middle'),
  text((STATE + WIDTH - 2) / 2, 16, 'the repr says', 'fig-muted', 'middle'),
  lane(MAIN, 26, 224, 'fig-accent'),
  lane(MAIN, 224, 292, 'fig-soft'),
  lane(MAIN, 292, 356, 'fig-accent'),
  lane(WORKER, 106, 132, 'fig-accent'),
  lane(WORKER, 132, 200, 'fig-soft'),
  lane(WORKER, 200, 292, 'fig-accent'),
  text(62, 58, 'Thread(…)', 'fig-text fig-code'),
  arrow(MAIN, WORKER, 106, 'start()'),
  arrow(WORKER, MAIN, 132, 'inside'),
  text(WORKER - 16, 170, 'waits', 'fig-muted', 'end'),
  arrow(MAIN, WORKER, 200, 'go_on'),
  text(62, 240, 'join()', 'fig-text fig-code'),
  text(62, 260, 'waits', 'fig-muted'),
  arrow(WORKER, MAIN, 292, 'run ends'),
  text(62, 336, 'goes on', 'fig-muted'),
  state(made, 34),
  state(running, 143),
  state(joined, 306),
];

const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} 360" width="${WIDTH}" height="360">`;
writeFileSync(new URL('./life-cycle.svg', import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
