/** Draws the figures of this chapter, each from the recorded run of a cell: each turn and each reply in it was printed there. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

interface Turn {
  readonly who: string;
  /** Milliseconds; for a reply, when it was due and when it got on. */
  readonly from: number;
  readonly to: number;
}

const LINE = /^(main|compute [ab]|reply) +(\d+) +(\d+)$/;

function recordedTurns(cell: string): Turn[] {
  const path = new URL(`../snapshots/${cell}.json`, import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const printed = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  return printed.trimEnd().split('\n').map((line) => {
    const [, who, from, to] = LINE.exec(line) ?? [];
    if (who === undefined || from === undefined || to === undefined) throw new Error(`${cell} printed: ${line}`);
    return { who, from: Number(from), to: Number(to) };
  });
}

const WIDTH = 360;
const LEFT = 80;
const LANE = 26;

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'start'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

function drawing(turns: readonly Turn[]): string {
  const end = Math.max(200, ...turns.map((turn) => turn.to));
  const at = (time: number): number => Math.round((LEFT + (time * (WIDTH - LEFT - 16)) / end) * 10) / 10;
  const bar = (from: number, to: number, y: number, look: string): string =>
    `<rect class="${look}" x="${at(from)}" y="${y}" width="${Math.max(2, at(to) - at(from)).toFixed(1)}" height="${LANE}"/>`;

  const body: string[] = [];
  let y = 6;
  for (const who of ['main', 'compute a', 'compute b']) {
    const own = turns.filter((turn) => turn.who === who);
    if (own.length === 0) continue;
    const first = Math.min(...own.map((turn) => turn.from));
    const last = Math.max(...own.map((turn) => turn.to));
    body.push(text(0, y + 18, who));
    // The main thread is noted when it has the lock, not when it waits for it.
    if (who !== 'main') body.push(bar(first, last, y, 'fig-soft'));
    body.push(...own.map(({ from, to }) => bar(from, to, y, 'fig-accent')));
    y += LANE + 10;
  }
  body.push(text(0, y + 18, 'replies'));
  let free = 0;
  for (const { from, to } of turns.filter((turn) => turn.who === 'reply')) {
    // A reply may be due before the thread has got the one before.
    if (from > free) body.push(`<path class="fig-line fig-dash" d="M${at(free)} ${y + LANE / 2}H${at(from)}"/>`);
    body.push(bar(Math.max(free, from), to, y, 'fig-soft'), bar(to, to, y, 'fig-accent'));
    free = to;
  }
  y += LANE + 12;
  body.push(`<path class="fig-line" d="M${at(0)} ${y}H${at(end)}"/>`);
  for (let time = 0; time <= end; time += 50)
    body.push(`<path class="fig-line" d="M${at(time)} ${y}v6"/>`, text(at(time), y + 22, String(time), 'fig-muted', 'middle'));
  body.push(text(0, y + 22, 'ms', 'fig-muted'));
  y += 34;
  const key = (x: number, look: string, words: string): string =>
    `<rect class="${look}" x="${x}" y="${y}" width="14" height="14"/>` + text(x + 20, y + 12, words, 'fig-muted');
  body.push(key(0, 'fig-accent', 'has the lock'), key(110, 'fig-soft', 'waits for the lock'));
  body.push(`<path class="fig-line fig-dash" d="M262 ${y + 7}h22"/>`, text(290, y + 12, 'blocked', 'fig-muted'));
  y += 22;

  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}">`;
  return [open, ...body, '</svg>', ''].join('\n');
}

for (const cell of ['gil-baton', 'gil-baton-native'])
  writeFileSync(new URL(`./${cell}.svg`, import.meta.url), drawing(recordedTurns(cell)));
