/** Draws the figure of this chapter from the recorded run of `loop-at-work`: every time, queue and heap in it was printed there. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

interface Step {
  readonly time: number;
  readonly task: string;
  readonly ready: readonly string[];
  readonly heap: readonly string[];
}

const LINE = /^ *(\d+) s {2}(\w+) {2}ready (.+?) +heap (.+)$/;

function list(text: string): string[] {
  return text.trim() === '-' ? [] : text.trim().split(', ');
}

function recordedSteps(): Step[] {
  const path = new URL('../snapshots/loop-at-work.json', import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const printed = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  return printed.trimEnd().split('\n').map((line) => {
    const [, time, task, ready, heap] = LINE.exec(line) ?? [];
    if (time === undefined || task === undefined || ready === undefined || heap === undefined)
      throw new Error(`loop-at-work printed: ${line}`);
    return { time: Number(time), task, ready: list(ready), heap: list(heap) };
  });
}

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'start'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

const box = (x: number, y: number, width: number, content: string): string =>
  `<rect class="fig-box" x="${x}" y="${y}" width="${width}" height="26" rx="4"/>` +
  text(x + width / 2, y + 18, content, 'fig-text fig-code', 'middle');

const steps = recordedSteps();
const tasks = [...new Set(steps.map((step) => step.task))];
const timesOf = (task: string): number[] => steps.filter((step) => step.task === task).map((step) => step.time);
const alone = tasks.map((task) => ({ task, seconds: Math.max(...timesOf(task)) - Math.min(...timesOf(task)) }));
const inSum = alone.reduce((sum, { seconds }) => sum + seconds, 0);
const total = Math.max(...steps.map((step) => step.time));

const WIDTH = 360;
const LEFT = 46;
const at = (seconds: number): number => LEFT + (seconds * (WIDTH - LEFT - 12)) / inSum;
const sleeps = (from: number, to: number, y: number, label: string): string =>
  `<rect class="fig-soft" x="${at(from)}" y="${y}" width="${at(to) - at(from)}" height="26"/>` +
  (label === '' ? '' : text((at(from) + at(to)) / 2, y + 18, label, 'fig-muted', 'middle'));
const runs = (time: number, y: number): string =>
  `<rect class="fig-accent" x="${at(time) - 3}" y="${y}" width="6" height="26"/>`;

const body: string[] = [];
let y = 4;
body.push(text(0, y + 12, `the loop: done after ${total} s`, 'fig-accent-text'));
y += 22;
for (const task of tasks) {
  const times = timesOf(task);
  body.push(text(0, y + 18, task, 'fig-text fig-code'));
  times.slice(1).forEach((time, index) => {
    const from = times[index] ?? 0;
    body.push(sleeps(from, time, y, time - from > 2 ? 'asleep' : ''));
  });
  body.push(...times.map((time) => runs(time, y)));
  y += 34;
}
body.push(text(0, y + 16, `one after the other: done after ${inSum} s`));
y += 26;
let begun = 0;
for (const { task, seconds } of alone) {
  body.push(sleeps(begun, begun + seconds, y, `${task} asleep`), runs(begun, y));
  begun += seconds;
}
body.push(runs(begun, y));
y += 34;
body.push(`<path class="fig-line" d="M${at(0)} ${y}H${at(inSum)}"/>`);
for (let second = 0; second <= inSum; second += 2) {
  body.push(`<path class="fig-line" d="M${at(second)} ${y}v6"/>`, text(at(second), y + 22, String(second), 'fig-muted', 'middle'));
}
body.push(text(0, y + 22, 's', 'fig-muted'));
y += 52;
body.push(text(0, y, 'at', 'fig-muted'), text(LEFT, y, 'ran', 'fig-muted'), text(106, y, 'then ready', 'fig-muted'));
body.push(text(202, y, 'heap of timers', 'fig-muted'));
y += 10;
for (const step of steps) {
  body.push(text(0, y + 18, `${step.time} s`), text(LEFT, y + 18, step.task, 'fig-text fig-code'));
  if (step.ready.length === 0) body.push(text(106, y + 18, 'nobody', 'fig-muted'));
  step.ready.forEach((task, index) => body.push(box(106 + index * 56, y, 52, task)));
  if (step.heap.length === 0) body.push(text(202, y + 18, 'empty', 'fig-muted'));
  step.heap.forEach((entry, index) => body.push(box(202 + index * 80, y, 74, entry)));
  y += 34;
}

const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}">`;
writeFileSync(new URL('./loop-at-work.svg', import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
