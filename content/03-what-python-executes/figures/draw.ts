/** Draws the increment's instructions from this chapter's recorded runs: names, order and lossy gaps are what the cells printed. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

const ROW = 44;
const CHARACTER = 8.4;
const STACK_X = 218;

interface Instruction {
  readonly name: string;
  /** What stands in parentheses in the listing, else the argument itself where a reader knows it. */
  readonly argument: string;
}

function printed(cell: string): string[] {
  const path = new URL(`../snapshots/${cell}.json`, import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  return snapshot.events.flatMap((event) => (event.type === 'stdout' ? event.text.split('\n') : []));
}

/** The loop's body, from FOR_ITER to the jump back to it, as `dis` listed it. */
function loopBody(): Instruction[] {
  const all = printed('dis-increment').flatMap((line) => {
    const found = /([A-Z][A-Z_]{3,})\s*(\d+)?\s*(?:\((.*)\))?$/u.exec(line);
    if (found === null) return [];
    const [, name = '', number = '', words] = found;
    if (name === 'FOR_ITER') return [{ name, argument: 'to the end' }];
    if (name === 'JUMP_BACKWARD') return [{ name, argument: '' }];
    return [{ name, argument: words ?? number }];
  });
  const from = all.findIndex(({ name }) => name === 'FOR_ITER');
  const to = all.findIndex(({ name }) => name === 'JUMP_BACKWARD');
  if (from < 0 || to < from) throw new Error('The recorded listing has no loop.');
  return all.slice(from, to + 1);
}

/** Before which instructions a whole second increment lost the first one's. */
function lossy(): ReadonlySet<string> {
  return new Set(printed('intruder').flatMap((line) => /^before (\w+).*lost an update$/u.exec(line)?.[1] ?? []));
}

/** The numbers on the stack after an instruction, with the counter at 41. */
function stackAfter(name: string, before: readonly number[]): readonly number[] {
  if (name === 'LOAD_GLOBAL') return [...before, 41];
  if (name === 'LOAD_SMALL_INT') return [...before, 1];
  if (name === 'BINARY_OP') return [before.reduce((sum, number) => sum + number, 0)];
  return [];
}

function hollow(y: number): string {
  return `<circle cx="39" cy="${y}" r="5" fill="var(--paper)" stroke="var(--mark-error)" stroke-width="2" />`;
}

const body = loopBody();
const lost = lossy();
const y = (at: number): number => 59 + at * ROW;
const gaps = body.flatMap(({ name }, at) => (lost.has(name) ? [y(at) - 27] : []));
const [firstGap = 0] = gaps;
const lastGap = gaps.at(-1) ?? 0;
const first = body.findIndex(({ name }) => name === 'LOAD_GLOBAL');
const last = body.findIndex(({ name }) => name === 'STORE_GLOBAL');
const jump = y(body.length - 1);

const lines = [
  '<text class="fig-muted" x="46" y="18">instruction</text>',
  `<text class="fig-muted" x="${STACK_X}" y="18">stack after it</text>`,
  '<line class="fig-line" x1="1" y1="30" x2="399" y2="30" />',
  `<rect class="fig-soft" x="32" y="${y(first) - 25}" width="262" height="${(last - first + 1) * ROW - 4}" rx="6" />`,
];
let stack: readonly number[] = [];
for (const [at, { name, argument }] of body.entries()) {
  lines.push(`<text class="fig-text fig-code" x="46" y="${y(at)}">${name}</text>`);
  const argumentX = Math.round(46 + (name.length + 1) * CHARACTER);
  if (argument !== '')
    lines.push(`<text class="fig-muted fig-code" x="${argumentX}" y="${y(at)}">${argument}</text>`);
  if (name === 'STORE_GLOBAL')
    lines.push(`<text class="fig-accent-text" x="${STACK_X + 8}" y="${y(at)}">now ${stack.join(' ')}</text>`);
  stack = stackAfter(name, stack);
  for (const [place, number] of stack.entries()) {
    const x = STACK_X + place * 36;
    lines.push(`<rect class="fig-box" x="${x}" y="${y(at) - 19}" width="33" height="28" rx="3" />`);
    lines.push(
      `<text class="fig-text fig-code" x="${x + 16.5}" y="${y(at)}" text-anchor="middle">${number}</text>`,
    );
  }
}
lines.push(
  `<path class="fig-line" d="M 36 ${jump - 5} H 18 V ${y(0) - 5} H 36 M 31 ${y(0) - 9} L 37 ${y(0) - 5} L 31 ${y(0) - 1}" />`,
  `<circle class="fig-accent" cx="18" cy="${jump - 5}" r="7" />`,
  ...gaps.map(hollow),
  `<path d="M 298 ${firstGap} H 306 V ${lastGap} H 298" fill="none" stroke="var(--mark-error)" stroke-width="2" />`,
  ...['an update', 'made here', 'by another', 'thread', 'is lost'].map(
    (words, at) => `<text class="fig-text fig-error" x="314" y="${firstGap + 7 + at * 20}">${words}</text>`,
  ),
  `<text class="fig-text" x="172" y="${jump - 8}">CPython 3.14 with the GIL looks</text>`,
  `<text class="fig-text" x="172" y="${jump + 12}">here if another thread waits</text>`,
);
const height = jump + 33;
writeFileSync(
  new URL('./increment.svg', import.meta.url),
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 ${height}" width="400">`,
    ...lines.map((line) => `  ${line}`),
    '</svg>',
    '',
  ].join('\n'),
);
