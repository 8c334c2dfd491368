/** Draws the figure of this chapter from the recorded run of `exit-timeline`: every time in it was printed there. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

interface Moment {
  readonly actor: string;
  readonly what: string;
  readonly time: number;
}

const LINE = /^(\w+): (\w+) at (\d+) s$/;

function recordedMoments(): Moment[] {
  const path = new URL('../snapshots/exit-timeline.json', import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const printed = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  return printed.trimEnd().split('\n').map((line) => {
    const [, actor, what, time] = LINE.exec(line) ?? [];
    if (actor === undefined || what === undefined || time === undefined)
      throw new Error(`exit-timeline printed: ${line}`);
    return { actor, what, time: Number(time) };
  });
}

const moments = recordedMoments();

function timeOf(actor: string, what: string): number {
  const moment = moments.find((each) => each.actor === actor && each.what === what);
  if (moment === undefined) throw new Error(`exit-timeline did not print that ${actor} ${what}`);
  return moment.time;
}

const mainEnds = timeOf('main', 'ends');
const shutdown = timeOf('atexit', 'runs');
const AFTER = 1;

const WIDTH = 360;
const LEFT = 62;
const at = (seconds: number): number => Math.round(LEFT + (seconds * (WIDTH - LEFT - 12)) / (shutdown + AFTER));

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'start'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;
const lane = (look: string, from: number, to: number, y: number): string =>
  `<rect class="${look}" x="${at(from)}" y="${y}" width="${at(to) - at(from)}" height="26"/>`;
const upright = (look: string, seconds: number, from: number, to: number): string =>
  `<path class="${look}" d="M${at(seconds)} ${from}V${to}"/>`;

const LANES = 44;
const BOTTOM = LANES + 3 * 36;
const body: string[] = [
  text(at(mainEnds), 14, 'main’s', 'fig-text', 'middle'),
  text(at(mainEnds), 30, 'last line', 'fig-text', 'middle'),
  text(at(shutdown), 14, 'atexit,', 'fig-accent-text', 'middle'),
  text(at(shutdown), 30, 'then the cut', 'fig-accent-text', 'middle'),
];

body.push(text(0, LANES + 18, 'main', 'fig-text fig-code'));
body.push(lane('fig-accent', timeOf('main', 'begins'), mainEnds, LANES));
body.push(lane('fig-soft', mainEnds, shutdown, LANES));
body.push(text((at(mainEnds) + at(shutdown)) / 2, LANES + 18, 'waits', 'fig-muted', 'middle'));

body.push(text(0, LANES + 54, 'worker', 'fig-text fig-code'));
body.push(lane('fig-accent', timeOf('worker', 'begins'), timeOf('worker', 'ends'), LANES + 36));

body.push(text(0, LANES + 90, 'daemon', 'fig-text fig-code'));
body.push(lane('fig-accent', timeOf('daemon', 'begins'), shutdown, LANES + 72));
body.push(`<rect class="fig-line fig-dash" x="${at(shutdown)}" y="${LANES + 72}" width="${at(AFTER) - at(0)}" height="26"/>`);

body.push(upright('fig-line', mainEnds, 36, BOTTOM), upright('fig-accent-line', shutdown, 36, BOTTOM));
body.push(`<path class="fig-line" d="M${at(0)} ${BOTTOM}H${at(shutdown + AFTER)}"/>`);
for (let second = 0; second <= shutdown; second += 1)
  body.push(`<path class="fig-line" d="M${at(second)} ${BOTTOM}v6"/>`, text(at(second), BOTTOM + 22, String(second), 'fig-muted', 'middle'));
body.push(text(0, BOTTOM + 22, 's', 'fig-muted'));

const height = BOTTOM + 30;
const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">`;
writeFileSync(new URL('./exit-timeline.svg', import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
