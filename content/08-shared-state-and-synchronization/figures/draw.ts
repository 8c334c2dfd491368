/** Draws the figure of this chapter from the recorded run of `two-locks`: a wait is drawn only where that run says that the second lock was not got. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

const LINE = /^(A|B) got its second lock: (True|False)$/;

function recordedWaits(): ReadonlyMap<string, boolean> {
  const path = new URL('../snapshots/two-locks.json', import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const printed = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  const waits = new Map<string, boolean>();
  for (const line of printed.trimEnd().split('\n')) {
    const [, name, got] = LINE.exec(line) ?? [];
    if (name === undefined || got === undefined) throw new Error(`two-locks printed: ${line}`);
    waits.set(name, got === 'False');
  }
  return waits;
}

const WIDTH = 360;
const HEIGHT = 216;
const LEFT = 60;
const RIGHT = 300;
const TOP = 36;
const BOTTOM = 180;

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'middle'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

const thread = (x: number, y: number, name: string): string =>
  `<circle class="fig-box" cx="${x}" cy="${y}" r="26"/>` + text(x, y + 5, name);

const lock = (x: number, y: number, name: string): string =>
  `<rect class="fig-box" x="${x - 34}" y="${y - 22}" width="68" height="44" rx="4"/>` +
  text(x, y + 5, name, 'fig-text fig-code');

const waits = recordedWaits();
const drawWait = (name: string, arrow: string): string => (waits.get(name) === true ? arrow : '');

const body = [
  `<path class="fig-line" d="M266 ${TOP}H88m7 -5l-7 5l7 5"/>`,
  text(WIDTH / 2, TOP - 9, 'is held by', 'fig-muted'),
  drawWait('A', `<path class="fig-accent-line fig-dash" d="M${LEFT} 62V156"/>`),
  drawWait('A', `<path class="fig-accent-line" d="M${LEFT - 5} 149l5 7l5 -7"/>`),
  drawWait('A', text(LEFT + 12, 112, 'waits for', 'fig-accent-text', 'start')),
  `<path class="fig-line" d="M94 ${BOTTOM}H272m-7 -5l7 5l-7 5"/>`,
  text(WIDTH / 2, BOTTOM - 9, 'is held by', 'fig-muted'),
  drawWait('B', `<path class="fig-accent-line fig-dash" d="M${RIGHT} 154V60"/>`),
  drawWait('B', `<path class="fig-accent-line" d="M${RIGHT - 5} 67l5 -7l5 7"/>`),
  drawWait('B', text(RIGHT - 12, 112, 'waits for', 'fig-accent-text', 'end')),
  thread(LEFT, TOP, 'A'),
  lock(RIGHT, TOP, 'left'),
  lock(LEFT, BOTTOM, 'right'),
  thread(RIGHT, BOTTOM, 'B'),
].filter((part) => part !== '');

const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">`;
writeFileSync(new URL('./wait-for.svg', import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
