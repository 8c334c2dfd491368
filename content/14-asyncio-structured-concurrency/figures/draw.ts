/** Draws the two figures of this chapter: the tree by hand, the levels of the queues from the recorded run of `bounded-queue`. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'middle'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

function write(name: string, width: number, height: number, body: readonly string[]): void {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`;
  writeFileSync(new URL(`./${name}`, import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
}

/** A straight arrow from one point to another, with its head at the end. */
function arrow(look: string, x1: number, y1: number, x2: number, y2: number): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const barb = (turn: number): string =>
    `M${x2} ${y2}L${Math.round(x2 - 8 * Math.cos(angle + turn))} ${Math.round(y2 - 8 * Math.sin(angle + turn))}`;
  const dashes = look === 'fig-error' ? '' : ' fig-dash';
  return `<path class="fig-line${dashes}" d="M${x1} ${y1}L${x2} ${y2}"/><path class="fig-line" d="${barb(0.5)}${barb(-0.5)}"/>`;
}

function node(x: number, y: number, name: string, look = 'fig-box', width = 64): string {
  return `<rect class="${look}" x="${x - width / 2}" y="${y - 16}" width="${width}" height="32" rx="4"/>${text(x, y + 5, name)}`;
}

function drawTree(): void {
  write('cancel-tree.svg', 360, 232, [
    arrow('fig-line', 148, 42, 76, 88),
    arrow('fig-error', 180, 90, 180, 44),
    arrow('fig-line', 246, 42, 296, 88),
    arrow('fig-line', 272, 124, 244, 182),
    arrow('fig-line', 296, 124, 324, 182),
    node(180, 26, 'parent, in its group', 'fig-soft', 170),
    node(62, 106, 'A'),
    node(180, 106, 'B fails', 'fig-accent-line', 84),
    node(284, 106, 'C, group', 'fig-box', 84),
    node(236, 200, 'C1'),
    node(324, 200, 'C2'),
    text(186, 66, 'exception', 'fig-text', 'start'),
    text(100, 62, 'cancel', 'fig-muted', 'end'),
    text(282, 62, 'cancel', 'fig-muted', 'start'),
    text(250, 152, 'cancel', 'fig-muted', 'end'),
  ]);
}

const LINE = /^maxsize=(\d+): levels after each put \[([\d, ]+)\]$/;

function drawLevels(): void {
  const path = new URL('../snapshots/bounded-queue.json', import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const printed = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  const body: string[] = [];
  for (const [index, line] of printed.trimEnd().split('\n').entries()) {
    const [, limit, levels] = LINE.exec(line) ?? [];
    if (limit === undefined || levels === undefined) throw new Error(`bounded-queue printed: ${line}`);
    const left = 10 + index * 180;
    body.push(text(left + 80, 20, limit === '0' ? 'no limit' : `maxsize=${limit}`, 'fig-text fig-code'));
    for (const [place, level] of levels.split(', ').map(Number).entries()) {
      body.push(`<rect class="fig-accent" x="${left + place * 20}" y="${126 - level * 11}" width="14" height="${level * 11}"/>`);
      body.push(text(left + place * 20 + 7, 142, String(level), 'fig-muted'));
    }
    body.push(`<path class="fig-line" d="M${left - 4} 126H${left + 160}"/>`);
    if (limit !== '0') body.push(`<path class="fig-line fig-dash" d="M${left - 4} ${126 - Number(limit) * 11}H${left + 160}"/>`);
  }
  write('queue-level.svg', 360, 150, body);
}

drawTree();
drawLevels();
