/** The places of a traceback, `File "drain.py", line 3`: a line of output cut so that each stands in spans of its own. */
import { readerFolder } from '../../protocol/file-name.ts';
import type { Line, Place, Span } from './block.ts';

/** Files of the library have another folder, code without a file has angle brackets: neither is a cell of the page. */
const place = new RegExp(`File "(?:${readerFolder}/)?([^"/\\\\<>\\n]{1,100})", line (\\d{1,7})`, 'g');

/** Part of `line`, from character `from` to `to`. */
function cut(line: Line, from: number, to: number): Span[] {
  const parts: Span[] = [];
  let at = 0;
  for (const span of line) {
    const text = span.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (text !== '') parts.push({ ...span, text });
    at += span.text.length;
  }
  return parts;
}

export function withPlaces(line: Line): Line {
  const text = line.map((span) => span.text).join('');
  const marked: Span[] = [];
  let done = 0;
  for (const match of text.matchAll(place)) {
    const end = match.index + match[0].length;
    const found: Place = { file: match[1] ?? '', line: Number(match[2]) };
    marked.push(...cut(line, done, match.index));
    marked.push(...cut(line, match.index, end).map((span) => ({ ...span, place: found })));
    done = end;
  }
  return done === 0 ? line : [...marked, ...cut(line, done, text.length)];
}

/** Neighbouring spans of one place together, each other span alone. */
export function byPlace(spans: readonly Span[]): readonly (readonly [place: Place | undefined, spans: Span[]])[] {
  const groups: [Place | undefined, Span[]][] = [];
  for (const span of spans) {
    const last = groups.at(-1);
    if (last && last[0] === span.place) last[1].push(span);
    else groups.push([span.place, [span]]);
  }
  return groups;
}
