/** Draws this chapter's figures from its snapshots: every bar and every point is one that a cell printed. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

const WIDTH = 360;

function printed(cell: string): string[] {
  const path = new URL(`../snapshots/${cell}.json`, import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const text = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  return text.split('\n').filter((line) => line !== '');
}

function save(name: string, height: number, body: readonly string[]): void {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}">`;
  const lines = body.map((line) => `  ${line}`);
  writeFileSync(new URL(`./${name}.svg`, import.meta.url), [open, ...lines, '</svg>', ''].join('\n'));
}

const round = (n: number): number => Math.round(n * 10) / 10;

function text(x: number, y: number, content: string, classes = 'fig-text', anchor = 'start'): string {
  const at = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text class="${classes}" x="${round(x)}" y="${round(y)}"${at}>${content}</text>`;
}

interface Panel {
  readonly title: string;
  readonly lanes: { readonly name: string; readonly columns: string }[];
}

function panels(): Panel[] {
  const found: Panel[] = [];
  for (const line of printed('one-core-or-two')) {
    const title = /^(\w+ cores?), \d+ ms$/u.exec(line)?.[1];
    if (title !== undefined) found.push({ title, lanes: [] });
    const [, name, columns] = /^ +(\w+) ([█·]+)$/u.exec(line) ?? [];
    if (name !== undefined && columns !== undefined) found.at(-1)?.lanes.push({ name, columns });
  }
  return found;
}

/** One lane for each process, one column for each millisecond; filled where it ran. */
function drawCores(): void {
  const all = panels();
  const longest = Math.max(...all.flatMap(({ lanes }) => lanes.map(({ columns }) => columns.length)));
  const left = 36;
  const scale = (WIDTH - left - 8) / longest;
  const at = (ms: number): number => left + ms * scale;
  const body: string[] = [];
  let y = 16;
  for (const { title, lanes } of all) {
    body.push(text(0, y, title, 'fig-accent-text'));
    y += 12;
    for (const { name, columns } of lanes) {
      body.push(`<rect class="fig-soft" x="${left}" y="${y}" width="${round(columns.length * scale)}" height="24" />`);
      for (const run of columns.matchAll(/█+/gu)) {
        const width = round(run[0].length * scale);
        body.push(`<rect class="fig-accent" x="${round(at(run.index))}" y="${y}" width="${width}" height="24" />`);
      }
      body.push(text(left - 8, y + 17, name, 'fig-text fig-code', 'end'));
      y += 30;
    }
    y += 24;
  }
  y -= 14;
  body.push(`<path class="fig-line" d="M ${left} ${y} H ${WIDTH - 8}" />`);
  for (let ms = 0; ms <= longest; ms += 20) {
    body.push(`<path class="fig-line" d="M ${round(at(ms))} ${y} v 6" />`);
    body.push(text(at(ms), y + 22, String(ms), 'fig-muted', 'middle'));
  }
  body.push(text(0, y + 22, 'ms', 'fig-muted'));
  save('cores', y + 30, body);
}

/** The printed table as curves, both axes by powers of two. */
function drawAmdahl(): void {
  const [head = [], ...rows] = printed('amdahl-curve').map((line) => line.trim().split(/\s+/u));
  // The last column is the ceiling, a million workers: it is off the axis.
  const shown = head.slice(1, -1).map(Number);
  const left = 34;
  const step = 46;
  const rise = 44;
  const bottom = 12 + 5 * rise;
  const x = (n: number): number => left + Math.log2(n) * step;
  const y = (speedup: number): number => bottom - Math.log2(speedup) * rise;
  const body: string[] = [
    `<path class="fig-line" d="M ${left} 12 V ${bottom} H ${x(64)}" />`,
    `<path class="fig-line fig-dash" d="M ${x(1)} ${y(1)} L ${x(32)} ${y(32)}" />`,
    text(x(16) - 6, y(16) - 12, 'n times as fast', 'fig-muted', 'end'),
  ];
  for (const n of shown) body.push(text(x(n), bottom + 20, String(n), 'fig-muted', 'middle'));
  for (const s of [1, 2, 4, 8, 16, 32]) body.push(text(left - 8, y(s) + 5, String(s), 'fig-muted', 'end'));
  body.push(text(x(64), bottom + 40, 'workers', 'fig-muted', 'end'));
  for (const row of rows) {
    const [share = '', ...cells] = row;
    const values = cells.slice(0, shown.length).map(Number);
    const points = shown.map((n, i) => `${round(x(n))} ${round(y(values[i] ?? 1))}`);
    body.push(`<path class="fig-accent-line" d="M ${points.join(' L ')}" />`);
    body.push(text(x(64) + 6, y(values.at(-1) ?? 1) + 5, share));
  }
  body.push(text(WIDTH, y(Number(rows.at(-1)?.[shown.length])) - 14, 'serial', 'fig-muted', 'end'));
  save('amdahl', bottom + 48, body);
}

drawCores();
drawAmdahl();
