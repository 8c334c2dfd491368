/** Draws the two figures of recorded runs from this chapter's snapshots: what they show is what the cells printed. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

const MUTED = 'var(--muted)';
const MONO = `font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"`;

function printed(cell: string): string[] {
  const path = new URL(`../snapshots/${cell}.json`, import.meta.url);
  const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
  const text = snapshot.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  return text.split('\n').filter((line) => line !== '');
}

function save(name: string, width: number, height: number, body: readonly string[]): void {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-size="12">`;
  writeFileSync(new URL(`./${name}.svg`, import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
}

function text(x: number, y: number, content: string, more = '', fill = 'currentColor'): string {
  return `<text x="${x}" y="${y}" fill="${fill}" ${more}>${content}</text>`;
}

function tip(id: string): string {
  return `<defs><marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>`;
}

/** The loop on the left, the generator on the right, time downwards; a solid bar runs, a hollow one waits. */
function drawTwoSides(): void {
  const loopX = 92;
  const genX = 222;
  const bar = (x: number, from: number, to: number, runs: boolean): string =>
    runs
      ? `<rect class="fig-accent" x="${x}" y="${from}" width="10" height="${to - from}" fill="currentColor"/>`
      : `<rect class="fig-dash" x="${x}" y="${from}" width="10" height="${to - from}" fill="none" stroke="currentColor" stroke-dasharray="3 3"/>`;
  const arrow = (y: number, right: boolean, label: string): string[] => [
    right
      ? `<path d="M${loopX + 12} ${y}H${genX - 3}" fill="none" stroke="currentColor" stroke-width="1.3" marker-end="url(#sides-tip)"/>`
      : `<path d="M${genX - 2} ${y}H${loopX + 13}" fill="none" stroke="currentColor" stroke-width="1.3" marker-end="url(#sides-tip)"/>`,
    text((loopX + genX + 10) / 2, y - 5, label, 'text-anchor="middle"'),
  ];
  const body: string[] = [
    tip('sides-tip'),
    text(loopX + 10, 14, 'the for loop', 'text-anchor="end" font-weight="600"'),
    text(genX, 14, 'the generator’s frame', 'font-weight="600"'),
    text(genX + 18, 36, 'created, nothing has run', '', MUTED),
    bar(loopX, 24, 46, true),
    bar(genX, 24, 46, false),
  ];
  let y = 46;
  // The first line printed is the repr of the generator; then the sides alternate.
  const lines = printed('three-yields').slice(1);
  for (let at = 0; at < lines.length; at += 2) {
    const inside = lines[at] ?? '';
    const value = lines[at + 1]?.split('v = ')[1];
    body.push(...arrow(y, true, 'next'), bar(genX, y, y + 32, true), bar(loopX, y, y + 32, false));
    body.push(text(genX + 18, y + 20, inside, `${MONO} font-size="11.5"`));
    y += 32;
    if (value === undefined) {
      body.push(...arrow(y, false, 'StopIteration'), bar(loopX, y, y + 20, true));
      body.push(text(loopX - 8, y + 14, 'ends', 'text-anchor="end"'));
      body.push(`<path d="M${genX - 4} ${y}H${genX + 14}" stroke="currentColor" stroke-width="2"/>`);
      body.push(text(genX + 18, y + 5, 'closed, the frame is gone', '', MUTED));
    } else {
      body.push(...arrow(y, false, `yield ${value}`), bar(loopX, y, y + 34, true), bar(genX, y, y + 34, false));
      body.push(text(loopX - 8, y + 21, `v = ${value}`, `text-anchor="end" ${MONO} font-size="11.5"`));
      body.push(text(genX + 18, y + 21, 'suspended, its own v = 100 kept', '', MUTED));
      y += 34;
    }
  }
  save('two-sides', 460, y + 28, body);
}

/** One line for each producer; a dot where a value arrived at the loop. */
function drawArrivals(): void {
  const left = 86;
  const step = 68;
  const at = (n: number): number => left + n * step;
  const body: string[] = [];
  const lines = printed('when-lines-arrive');
  const names = [...new Set(lines.map((line) => line.split(' ')[0] ?? ''))];
  names.forEach((name, row) => {
    const own = lines.filter((line) => line.startsWith(`${name} `));
    const y = 34 + row * 74;
    const end = Number(own.at(-1)?.split(' ').at(-1));
    body.push(text(0, y + 4, name, MONO));
    body.push(`<path d="M${at(0)} ${y}H${at(end)}" stroke="currentColor" stroke-width="1.3"/>`);
    body.push(`<path d="M${at(end)} ${y - 8}V${y + 8}" stroke="currentColor" stroke-width="2"/>`);
    body.push(text(at(end), y - 14, 'done', 'text-anchor="middle"'));
    const together = new Map<number, string[]>();
    for (const line of own.slice(0, -1)) {
      const [, value, when] = /value (\d+) arrives at step (\d+)/.exec(line) ?? [];
      if (value === undefined || when === undefined) throw new Error(`when-lines-arrive printed: ${line}`);
      together.set(Number(when), [...(together.get(Number(when)) ?? []), value]);
    }
    for (const [when, values] of together) {
      body.push(`<circle class="fig-accent" cx="${at(when)}" cy="${y}" r="5" fill="currentColor"/>`);
      body.push(text(at(when), y + 22, values.join(' '), `text-anchor="middle" ${MONO}`));
      if (when > 0 && together.size === 1) body.push(text(at(when / 2), y - 8, 'the loop waits', 'text-anchor="middle"', MUTED));
    }
  });
  const axis = 34 + names.length * 74;
  body.push(`<path d="M${at(0)} ${axis - 10}H${at(5)}" stroke="currentColor" stroke-width="1"/>`);
  for (let n = 0; n <= 5; n += 1) {
    body.push(`<path d="M${at(n)} ${axis - 14}v8" stroke="currentColor"/>`, text(at(n), axis + 10, String(n), 'text-anchor="middle"'));
  }
  body.push(text(0, axis + 10, 'step', '', MUTED));
  save('arrivals', 460, axis + 18, body);
}

drawTwoSides();
drawArrivals();
