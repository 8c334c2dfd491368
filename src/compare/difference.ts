/** A difference between two texts as a reader of a terminal wants it: `-` recorded, `+` now, two lines around. */
import { diff } from 'node:util';
import { linesOf } from './canonical.ts';

const around = 2;
const longest = 40;
/** Beyond this many lines only the first difference is told: the full one would take minutes. */
const most = 3000;

/** Makes visible what a terminal would swallow: control characters and spaces at the end. */
function visible(line: string): string {
  return line
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/ +$/, (spaces) => '·'.repeat(spaces.length));
}

function shownLines(text: string): string[] {
  const lines = linesOf(text).map(visible);
  const last = lines.pop();
  if (last === undefined) return lines;
  return [...lines, text.endsWith('\n') ? last : `${last} (no newline at the end)`];
}

function firstDifference(before: readonly string[], now: readonly string[]): string[] {
  const at = before.findIndex((line, index) => line !== now[index]);
  const index = at === -1 ? before.length : at;
  return [`@ line ${index + 1}`, `- ${before[index] ?? '(ends)'}`, `+ ${now[index] ?? '(ends)'}`];
}

/** The lines of `text` with a sign each; those far from a change are left out. */
function marked(before: readonly string[], now: readonly string[]): string[] {
  if (before.length + now.length > most) return firstDifference(before, now);
  const signs = { '1': '- ', '0': '  ', '-1': '+ ' } as const;
  // Node's diff says +1 for what only its first argument has, and tells such lines first.
  const all = diff([...before], [...now]).map(([sign, line]) => ({ changed: sign !== 0, line: signs[sign] + line }));
  const near = all.map((_, index) =>
    all.slice(Math.max(0, index - around), index + around + 1).some((one) => one.changed),
  );
  const lines: string[] = [];
  for (const [index, { line }] of all.entries()) {
    if (near[index] === true) lines.push(line);
    else if (near[index - 1] !== false) lines.push('  …');
  }
  return lines.length <= longest ? lines : [...lines.slice(0, longest), `  … ${lines.length - longest} lines more`];
}

/** Undefined when the texts are equal. */
export function textDifference(name: string, before: string, now: string): string | undefined {
  if (before === now) return undefined;
  return [`${name} differs (- recorded, + now):`, ...marked(shownLines(before), shownLines(now))].join('\n');
}

/** All of several differences, or undefined when there is none. */
export function joinDifferences(differences: readonly (string | undefined)[]): string | undefined {
  const some = differences.filter((difference) => difference !== undefined);
  return some.length === 0 ? undefined : some.join('\n');
}
