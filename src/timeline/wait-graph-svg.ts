/**
 * Draws who waited for whom: a box for each thread, below each other, and beside them an arrow from each that waits.
 *
 * Invariant: as in `svg.ts`; what a circle is made of is told by the width of its arrows, too, and not by colour alone.
 */
import { CHARACTER, cut, escaped, plain } from './markup.ts';
import type { Story } from './story.ts';
import { COLOURS } from './style.ts';
import type { Edge, Node, WaitGraph } from './wait-graph.ts';
import { atLine, many, namesOf, waitedFor, type Names } from './words.ts';

/** Units: of a line of text, of what is above and below it in a box, between boxes, between arrows. */
const LINE = 17;
const PAD = 8;
const GAP = 12;
const TRACK = 13;
/** From the edge of a box to its text. */
const INSIDE = 14;

interface Box {
  readonly node: Node;
  readonly lines: readonly string[];
  readonly y: number;
  readonly height: number;
}

/** What a box says below the name of its thread. */
function linesOf({ lane, waits, holds }: Node): readonly string[] {
  const said = holds.map(({ wait, since }) => `holds ${waitedFor(wait)}${since ? `, taken${atLine(since)}` : ''}`);
  if (waits) return [`waits for ${waitedFor(waits.wait)}${atLine(waits.at)}`, ...said];
  return [lane.ended ? 'has ended' : 'could go on', ...said];
}

function boxesOf(nodes: readonly Node[]): readonly Box[] {
  let y = 1;
  return nodes.map((node) => {
    const lines = linesOf(node);
    const height = 2 * PAD + LINE * (1 + lines.length) - 4;
    const box = { node, lines, y, height };
    y += height + GAP;
    return box;
  });
}

function drawn({ node, lines, y, height }: Box, right: number): string {
  const room = Math.floor((right - INSIDE - 6) / CHARACTER);
  const text = (words: string, line: number, kind: string): string => {
    const said = words.replaceAll('`', '');
    const whole = said.length > room ? `<title>${escaped(said)}</title>` : '';
    return `<text class="${kind}" x="${INSIDE}" y="${y + PAD + LINE * (line + 1) - 6}">${whole}${escaped(cut(said, room))}</text>`;
  };
  return [
    `<g class="tl-c${node.place % COLOURS}">`,
    `<rect class="tl-box" x="1" y="${y}" width="${right - 1}" height="${height}" rx="4"/>`,
    `<rect class="tl-running" x="1" y="${y}" width="4" height="${height}"/>`,
    text(node.lane.name, 0, 'tl-who'),
    ...lines.map((words, index) => text(words, index + 1, 'tl-what')),
    '</g>',
  ].join('');
}

function arrow({ from, to, circle }: Edge, track: number, boxes: readonly Box[], right: number, names: Names): string {
  const [begin, end] = [boxes[from], boxes[to]];
  if (!begin || !end) return '';
  const x = right + 10 + TRACK * track;
  const [out, into] = [begin.y + begin.height - PAD - 3, end.y + PAD + 3];
  const words = `${names(begin.node.lane.id)} waits for ${names(end.node.lane.id)}`;
  return [
    `<g class="${circle ? 'tl-wait tl-circle' : 'tl-wait'}"><title>${plain(words)}</title>`,
    `<path d="M${right} ${out}H${x}V${into}H${right + 6}"/><path class="tl-point" d="M${right + 7} ${into - 4}v8l-7 -4z"/></g>`,
  ].join('');
}

/** `width` is what the picture is drawn for; `title` and `prefix` as in `svg.ts`. */
export function waitGraphSvg(
  graph: WaitGraph,
  story: Story,
  { width, title, prefix }: { readonly width: number; readonly title: string; readonly prefix: string },
): string {
  const boxes = boxesOf(graph.nodes);
  const right = Math.min(width, 480) - 10 - TRACK * graph.edges.length;
  const last = boxes.at(-1);
  const under = last ? last.y + last.height + 1 : 0;
  const height = under + (graph.more > 0 ? LINE + GAP : 0);
  const names = namesOf(story);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="tl" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${prefix}-waits">`,
    `<title id="${prefix}-waits">${escaped(title)}</title>`,
    boxes.map((box) => drawn(box, right)).join(''),
    graph.edges.map((edge, track) => arrow(edge, track, boxes, right, names)).join(''),
    graph.more > 0 ? `<text class="tl-axis" x="1" y="${under + LINE}">${many(graph.more, 'more thread')}</text>` : '',
    '</svg>\n',
  ].join('');
}
