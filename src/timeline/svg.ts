/**
 * Draws a layout as SVG.
 *
 * Invariant: text of the program's is escaped, and nothing stands in a `style` attribute: a page's policy allows none.
 */
import type { BandRow, LaneRow, Layout, Mark, WaitMark } from './layout.ts';
import { BAR } from './layout.ts';
import { CHARACTER, cut, escaped, plain } from './markup.ts';
import type { Lane, Story } from './story.ts';
import { COLOURS, fileStyle } from './style.ts';
import { atLine, heldBy, manyLanes, namesOf, shortWait, span, waitedFor, wokenBy, type Names } from './words.ts';

export interface SvgOptions {
  /** For assistive technology: what the picture is of. */
  readonly title: string;
  /** Begins the ids in the picture, which must differ from all others of its page. */
  readonly prefix: string;
  /** A file of its own brings its style along. */
  readonly file?: boolean;
}

/** Characters of a name or a line in the picture. */
const LONGEST = 200;

/** Names of what is inside a thread stand under its own, further in. */
const INDENT = 12;

const rectangle = ({ x, width }: Mark, y: number, height: number): string => `M${x} ${y}h${width}v${height}h-${width}z`;

const path = (marks: readonly Mark[], y: number, height: number): string =>
  marks.map((mark) => rectangle(mark, y, height)).join('');

function reason({ x, width, interval }: WaitMark, { lane, y }: LaneRow): string {
  if (!interval.wait) return '';
  const short = lane.kind === 'hub' ? 'event loop' : shortWait(interval.wait);
  // There a task keeps its loop from all others.
  const words = interval.within && lane.kind !== 'hub' ? `blocks: ${short}` : short;
  const room = Math.floor((width - 8) / CHARACTER);
  if (room < Math.min(words.length, 5)) return '';
  return `<text class="tl-reason" x="${x + width / 2}" y="${y + BAR - 4}" text-anchor="middle">${escaped(cut(words, room))}</text>`;
}

function waitTitle(lane: Lane, { interval }: WaitMark, names: Names): string {
  const { wait, from, to, place } = interval;
  if (!wait) return '';
  const words = `waits ${span(to - from)} for ${waitedFor(wait)}${heldBy(wait, lane, names)}${atLine(place)}, until ${wokenBy(interval, names)}`;
  return `<title>${escaped(lane.name)} ${plain(words)}</title>`;
}

const ending = (x: number, y: number, failed: boolean): string =>
  failed
    ? `<path class="tl-end tl-failed" d="M${x + 5} ${y + 4}l8 8m0 -8l-8 8"><title>failed</title></path>`
    : `<path class="tl-end" d="M${x + 5} ${y + 8.5}l3 3.5l6 -8"><title>ended</title></path>`;

/** Two patterns for the lanes beyond the colours; those beyond these begin again. */
const overOf = (place: number): string | undefined =>
  ['', 'dots', 'bars'][Math.floor(place / COLOURS) % 3] || undefined;

function laneMarks(row: LaneRow, prefix: string, names: Names): string {
  const { lane, place, y, running, ready, blocked, end } = row;
  const ran = path(running, y, BAR);
  const over = overOf(place);
  return [
    blocked
      .map(
        (mark) =>
          `<path class="tl-blocked" fill="url(#${prefix}-hatch${place % COLOURS})" d="${rectangle(mark, y + 2, BAR - 4)}">${waitTitle(lane, mark, names)}</path>`,
      )
      .join(''),
    ready.length > 0 ? `<path class="tl-ready" d="${path(ready, y + 2.5, BAR - 5)}"/>` : '',
    ran === '' ? '' : `<path class="tl-running" d="${ran}"/>`,
    ran === '' || over === undefined ? '' : `<path fill="url(#${prefix}-${over})" d="${ran}"/>`,
    blocked.map((mark) => reason(mark, row)).join(''),
    end ? ending(end.x, y, end.failed) : '',
  ].join('');
}

function bandMarks({ y, columns, place, name, lanes }: BandRow, prefix: string): string {
  const part = (from: 'running' | 'ready' | 'blocked', below: (column: BandRow['columns'][number]) => number): string =>
    columns
      .filter((column) => column[from] > 0.001)
      .map((column) => {
        const height = Math.round(column[from] * BAR * 10) / 10;
        return rectangle(column, Math.round((y + BAR - below(column) * BAR - height) * 10) / 10, height);
      })
      .join('');
  const [running, ready, blocked] = [
    part('running', () => 0),
    part('ready', (column) => column.running),
    part('blocked', (column) => column.running + column.ready),
  ];
  return [
    `<title>${escaped(name)}: ${manyLanes(lanes)}; the height is how many run (solid), are ready (hollow) and wait (hatched)</title>`,
    blocked === '' ? '' : `<path fill="url(#${prefix}-hatch${place % COLOURS})" d="${blocked}"/>`,
    ready === '' ? '' : `<path class="tl-ready" d="${ready}"/>`,
    running === '' ? '' : `<path class="tl-running" d="${running}"/>`,
  ].join('');
}

function rowOf(row: LaneRow | BandRow, layout: Layout, prefix: string, names: Names): string {
  const [name, count] = row.kind === 'lane' ? [row.lane.name, ''] : [row.name, ` (${row.lanes.length})`];
  const indent = row.inner ? INDENT : 0;
  const room = Math.floor(((layout.narrow ? layout.plot : layout.left - 16) - indent) / CHARACTER);
  const x = (layout.narrow ? layout.left : 8) + indent;
  const y = layout.narrow ? row.y - 6 : row.y + BAR - 4;
  const title = name.length + count.length > room ? `<title>${escaped(cut(name, LONGEST))}</title>` : '';
  const marks = row.kind === 'lane' ? laneMarks(row, prefix, names) : bandMarks(row, prefix);
  return `<g class="tl-c${row.place % COLOURS}"><text x="${x}" y="${y}">${title}${escaped(cut(name, room - count.length))}${count}</text>${marks}</g>`;
}

function patterns(rows: Layout['rows'], prefix: string): string {
  const used = new Set(rows.map(({ place }) => place % COLOURS));
  const hatches = [...used].map(
    (colour) =>
      `<pattern id="${prefix}-hatch${colour}" class="tl-c${colour}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="tl-hatch" d="M0 0v5"/></pattern>`,
  );
  const over = new Set(rows.map(({ place }) => overOf(place)));
  if (over.has('dots'))
    hatches.push(
      `<pattern id="${prefix}-dots" width="6" height="6" patternUnits="userSpaceOnUse"><circle class="tl-over" cx="3" cy="3" r="1.5"/></pattern>`,
    );
  if (over.has('bars'))
    hatches.push(
      `<pattern id="${prefix}-bars" width="4" height="4" patternUnits="userSpaceOnUse"><path class="tl-over" d="M0 0h1.5v4h-1.5z"/></pattern>`,
    );
  return `<defs>${hatches.join('')}</defs>`;
}

function axis({ ticks, prints, height, rows, left }: Layout): string {
  const bottom = rows.length > 0 ? height - 4 : height;
  const grid = ticks.map(({ x }) => `M${x} 18V${bottom}`).join('');
  const words = ticks.map(
    ({ x, words }) =>
      `<text class="tl-axis" x="${x}" y="12" text-anchor="${x === left ? 'start' : 'middle'}">${words}</text>`,
  );
  const printed = prints.map(({ x, prints: each }) => {
    const text = each.map((print) => cut(print.text, LONGEST)).join('\n');
    return `<path class="tl-print" d="M${x - 1} 22h2v10h-2z"><title>printed: ${escaped(cut(text, 5 * LONGEST))}</title></path>`;
  });
  return `<path class="tl-grid" d="${grid}"/>${words.join('')}${printed.join('')}`;
}

/** A band behind a thread and those inside it, whose names a line leads to. */
const groups = ({ groups, width, left, narrow }: Layout): string =>
  groups
    .map(({ y, height }) => {
      const x = narrow ? left + 4 : 12;
      const line = narrow ? '' : `<path class="tl-inner" d="M${x} ${y + 26}V${y + height - 8}"/>`;
      return `<path class="tl-group" d="M0 ${y}h${width}v${height}H0z"/>${line}`;
    })
    .join('');

const wakes = (layout: Layout): string =>
  layout.wakes
    .map(({ x, from, to }) => {
      const down = to > from;
      const [begin, end] = down ? [from + BAR, to] : [from, to + BAR];
      const head = down ? `M${x - 3} ${end - 5}h6l-3 5z` : `M${x - 3} ${end + 5}h6l-3 -5z`;
      return `<path class="tl-wake" d="M${x} ${begin}V${end}"/><path class="tl-head" d="${head}"/>`;
    })
    .join('');

export function svgOf(story: Story, layout: Layout, { title, prefix, file = false }: SvgOptions): string {
  const { width, height, rows } = layout;
  const names = namesOf(story);
  const size = file ? ` width="${width}" height="${height}"` : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="tl" viewBox="0 0 ${width} ${height}"${size} role="img" aria-labelledby="${prefix}-title">`,
    `<title id="${prefix}-title">${escaped(title)}</title>`,
    file ? `<style>${fileStyle}</style>` : '',
    patterns(rows, prefix),
    groups(layout),
    axis(layout),
    rows.map((row) => rowOf(row, layout, prefix, names)).join(''),
    wakes(layout),
    '</svg>\n',
  ].join('');
}
