/** Draws the figures of this chapter; the lanes of three-versions.svg come from what its three cells printed when they were recorded. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

const WIDTH = 360;
/** Fits into the column of text on a phone that is 390 pixels wide. */
const SHOWN = 348;

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'start'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;
const rect = (look: string, x: number, y: number, width: number, height: number): string =>
  `<rect class="${look}" x="${x}" y="${y}" width="${width}" height="${height}" rx="3"/>`;
const path = (look: string, d: string): string => `<path class="${look}" d="${d}"/>`;

function write(name: string, height: number, body: readonly string[]): void {
  const size = `width="${SHOWN}" height="${Math.round((height * SHOWN) / WIDTH)}"`;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" ${size}>`;
  writeFileSync(new URL(`./${name}.svg`, import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
}

interface Step {
  readonly second: number;
  readonly who: string;
}

function recordedSteps(cell: string): Step[] {
  const file = new URL(`../snapshots/${cell}.json`, import.meta.url);
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  const printed = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  return [...printed.matchAll(/^(\d) s {2}(\w+) \d$/gm)].map(([, second, who = '']) => ({ second: Number(second), who }));
}

function threeVersions(): void {
  const LEFT = 46;
  const SECOND = 38;
  const versions = [
    { title: 'one after the other', cell: 'three-sequential', look: 'fig-accent' },
    { title: 'generators in turns', cell: 'three-generators', look: 'fig-accent' },
    { title: 'asyncio', cell: 'three-asyncio', look: 'fig-box' },
  ];
  const body: string[] = [];
  versions.forEach(({ title, cell, look }, index) => {
    const top = index * 92;
    body.push(text(LEFT, top + 16, title));
    for (const [lane, who] of ['foo', 'bar'].entries()) {
      const y = top + 26 + lane * 28;
      const steps = recordedSteps(cell).filter((step) => step.who === who);
      if (steps.length !== 4) throw new Error(`${cell} printed ${steps.length} lines of ${who}`);
      body.push(text(0, y + 16, who, 'fig-text fig-code'), path('fig-line fig-dash', `M${LEFT} ${y + 11}H${LEFT + 8 * SECOND}`));
      for (const { second } of steps) body.push(rect(look, LEFT + second * SECOND + 1, y, SECOND - 3, 22));
    }
  });
  const axis = 3 * 92 - 4;
  body.push(path('fig-line', `M${LEFT} ${axis}H${LEFT + 8 * SECOND}`));
  for (let second = 0; second <= 8; second += 2) {
    body.push(path('fig-line', `M${LEFT + second * SECOND} ${axis}v6`));
    body.push(text(LEFT + second * SECOND, axis + 22, second === 8 ? '8 s' : String(second), 'fig-muted', 'middle'));
  }
  write('three-versions', axis + 30, body);
}

function blocked(): void {
  const LEFT = 54;
  const HALF = 148;
  const middle = LEFT + HALF;
  const body = [
    text(LEFT + HALF / 2, 16, 'time.sleep', 'fig-text fig-code', 'middle'),
    text(middle + HALF / 2, 16, 'asyncio.sleep', 'fig-text fig-code', 'middle'),
    text(0, 44, 'main', 'fig-text fig-code'),
    rect('fig-error', LEFT, 26, HALF - 2, 28),
    rect('fig-box', middle + 1, 26, HALF - 2, 28),
    text(0, 92, 'ticker', 'fig-text fig-code'),
    rect('fig-line fig-dash', LEFT, 74, HALF - 2, 28),
    text(LEFT + HALF / 2, 92, 'due, but no turn', 'fig-text', 'middle'),
    path('fig-line', `M${middle} 88H${middle + HALF}`),
  ];
  for (let tick = 0; tick < 20; tick += 1)
    body.push(path('fig-accent-line', `M${middle + 3 + Math.round((tick * (HALF - 6)) / 19)} 78v20`));
  body.push(path('fig-line', `M${LEFT} 116H${middle + HALF}`));
  for (const [share, label] of [[0, '0'], [1, '0.4'], [2, '0.8 s']] as const)
    body.push(path('fig-line', `M${LEFT + share * HALF} 116v6`), text(LEFT + share * HALF - (share === 2 ? 8 : 0), 138, label, 'fig-muted', 'middle'));
  write('blocked', 146, body);
}

function wheel(): void {
  const arrow = (look: string, d: string, x: number, y: number, dx: number, dy: number): string => {
    const [bx, by] = [x - 7 * dx, y - 7 * dy];
    return path(look, d) + path(look.replace(' fig-dash', ''), `M${x} ${y}L${bx + 4 * dy} ${by + 4 * dx}M${x} ${y}L${bx - 4 * dy} ${by - 4 * dx}`);
  };
  const body = [
    rect('fig-box', 26, 8, 140, 58),
    text(96, 30, '1  selector', 'fig-text', 'middle'),
    text(96, 52, 'waits for sockets', 'fig-muted', 'middle'),
    rect('fig-box', 194, 8, 140, 58),
    text(264, 30, '2  heap of timers', 'fig-text', 'middle'),
    text(264, 52, 'first due on top', 'fig-muted', 'middle'),
    arrow('fig-line', 'M96 66V92H252V132', 252, 132, 0, 1),
    arrow('fig-line', 'M284 66V132', 284, 132, 0, 1),
    text(104, 86, 'is ready', 'fig-muted'),
    text(290, 100, 'is due', 'fig-muted'),
    text(96, 126, 'ready queue'),
  ];
  for (let slot = 0; slot < 5; slot += 1) body.push(rect(slot === 0 ? 'fig-accent' : 'fig-box', 98 + slot * 42, 136, 38, 30));
  body.push(
    arrow('fig-accent-line', 'M117 166V218', 117, 218, 0, 1),
    rect('fig-box', 56, 220, 250, 58),
    text(181, 242, '3  run each callback once', 'fig-text', 'middle'),
    text(181, 264, 'that was there at the start', 'fig-muted', 'middle'),
    arrow('fig-line fig-dash', 'M284 220V168', 284, 168, 0, -1),
    text(278, 204, 'call_soon', 'fig-text fig-code', 'end'),
    arrow('fig-line fig-dash', 'M306 249H350V37H336', 336, 37, -1, 0),
    arrow('fig-line fig-dash', 'M56 249H10V37H24', 24, 37, 1, 0),
    text(16, 304, 'left: add_reader', 'fig-text fig-code'),
    text(344, 304, 'right: call_later', 'fig-text fig-code', 'end'),
  );
  write('wheel', 314, body);
}

threeVersions();
blocked();
wheel();
