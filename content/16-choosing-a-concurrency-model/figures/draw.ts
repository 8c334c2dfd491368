/**
 * Draws the figures of this chapter: the decision tree, seven swimlanes from the recorded native run, the totals of that run
 * and of the recorded runs in the page, and the four traces of an exercise.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'middle'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

const box = (x: number, y: number, width: number, height: number, look = 'fig-box'): string =>
  `<rect class="${look}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>`;

function save(name: string, width: number, height: number, body: readonly string[]): void {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`;
  writeFileSync(new URL(`./${name}.svg`, import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
}

/** A question of the tree, at its centre; what it asks may take two lines. */
const question = (x: number, y: number, first: string, second: string): readonly string[] => [
  box(x - 92, y - 26, 184, 52, 'fig-soft'),
  text(x, y - 4, first),
  text(x, y + 15, second),
];

/** An answer that ends the search. */
const leaf = (x: number, y: number, name: string): string =>
  box(x - 66, y - 17, 132, 34) + text(x, y + 5, name, 'fig-accent-text');

const arrow = (x: number, y: number, toX: number, toY: number, word: string, side: 'left' | 'right'): string => {
  const wordX = (x + toX) / 2 + (side === 'left' ? -10 : 10);
  const path = `<path class="fig-line" d="M${x} ${y}L${toX} ${toY}"/><circle class="fig-accent" cx="${toX}" cy="${toY}" r="3"/>`;
  return path + text(wordX, (y + toY) / 2 + 4, word, 'fig-muted', side === 'left' ? 'end' : 'start');
};

save('decision-tree', 720, 524, [
  ...question(190, 36, 'Is one job after', 'another fast enough?'),
  arrow(140, 62, 84, 114, 'yes', 'left'),
  leaf(76, 134, 'sequence'),
  arrow(240, 62, 268, 105, 'no', 'right'),
  ...question(280, 134, 'May a job crash,', 'or hang for good?'),
  arrow(226, 160, 164, 211, 'yes', 'left'),
  leaf(150, 230, 'processes'),
  arrow(330, 160, 362, 201, 'no', 'right'),
  ...question(374, 230, 'Does it', 'mostly compute?'),
  arrow(312, 256, 226, 299, 'yes', 'left'),
  ...question(200, 328, 'In C that lets go', 'of the GIL?'),
  arrow(150, 354, 92, 407, 'yes', 'left'),
  leaf(84, 426, 'threads'),
  arrow(224, 354, 238, 407, 'no', 'right'),
  leaf(246, 426, 'processes'),
  arrow(440, 256, 500, 299, 'no', 'right'),
  ...question(524, 328, 'Are some hundreds', 'at a time enough?'),
  arrow(474, 354, 420, 407, 'yes', 'left'),
  leaf(404, 426, 'threads'),
  arrow(560, 354, 584, 397, 'no', 'right'),
  ...question(594, 426, 'Does the code exist,', 'and does it block?'),
  arrow(540, 452, 492, 484, 'yes', 'left'),
  leaf(474, 504, 'gevent'),
  arrow(624, 452, 634, 484, 'no', 'right'),
  leaf(644, 504, 'asyncio, trio'),
]);

/** The lanes as the native run printed them: `.` waits, `-` is ready, `#` computes, `+` computes for a part of the time. */
const Snapshot = v.object({ events: v.array(v.object({ text: v.optional(v.string()) })) });
function linesOf(cell: string): readonly string[] {
  const file = new URL(`../snapshots/${cell}.json`, import.meta.url);
  const { events } = v.parse(Snapshot, JSON.parse(readFileSync(file, 'utf8')));
  return events
    .map((event) => event.text ?? '')
    .join('')
    .split('\n');
}

const printed = linesOf('seven-native');

const LANES = { left: 96, unit: 36, row: 13, gap: 12, columnsOfUnit: 4 };
const at = (column: number): number => LANES.left + (column * LANES.unit) / LANES.columnsOfUnit;

/** One stretch of equal letters in a lane, from one column to another. */
function stretch(letter: string, from: number, to: number, y: number): string {
  const [x, width] = [at(from), at(to) - at(from)];
  const middle = y + LANES.row / 2 - 1;
  if (letter === '.') return `<path class="fig-line fig-dash" d="M${x} ${middle}H${x + width}"/>`;
  if (letter === '-') return `<rect class="fig-box" x="${x}" y="${y + 1}" width="${width}" height="${LANES.row - 4}"/>`;
  if (letter === '#') return `<rect class="fig-accent" x="${x}" y="${y}" width="${width}" height="${LANES.row - 2}"/>`;
  // In slices: as many thin bars as fit.
  const bars = Array.from({ length: Math.floor(width / 4) }, (_, i) => `M${x + 4 * i + 1} ${y}v${LANES.row - 2}`);
  return `<path class="fig-accent-line" d="${bars.join('')}"/>`;
}

function lane(line: string, y: number): string {
  const letters = line.slice(4);
  const parts: string[] = [];
  for (let from = 0; from < letters.length; ) {
    let to = from;
    while (to < letters.length && letters[to] === letters[from]) to++;
    if (letters[from] !== ' ') parts.push(stretch(letters[from] ?? ' ', from, to, y));
    from = to;
  }
  return parts.join('');
}

function sevenLanes(): void {
  const body: string[] = [];
  let y = 44;
  for (const line of printed.slice(1)) {
    const head = /^(\w+): ([\d.]+) units$/u.exec(line);
    if (head?.[1] !== undefined && head[2] !== undefined) {
      y += LANES.gap;
      body.push(text(4, y + 18, head[1], 'fig-text', 'start'), text(4, y + 36, `${head[2]} units`, 'fig-muted', 'start'));
    } else if (line.trim() !== '') {
      body.push(lane(line, y));
      y += LANES.row;
    }
  }
  const [bottom, right] = [y + 10, at(16 * LANES.columnsOfUnit)];
  const ticks = [0, 2, 4, 6, 8, 10, 12, 14, 16].map((unit) => {
    const x = at(unit * LANES.columnsOfUnit);
    return `<path class="fig-line" d="M${x} ${bottom}v5"/>${text(x, bottom + 20, String(unit), 'fig-muted')}`;
  });
  const key = [
    stretch('.', 0, 6, 12) + text(at(6) + 6, 22, 'waits', 'fig-muted', 'start'),
    stretch('-', 15, 21, 12) + text(at(21) + 6, 22, 'is ready', 'fig-muted', 'start'),
    stretch('#', 32, 38, 12) + text(at(38) + 6, 22, 'computes', 'fig-muted', 'start'),
    stretch('+', 48, 54, 12) + text(at(54) + 6, 22, 'in slices', 'fig-muted', 'start'),
  ];
  const axis = `<path class="fig-line" d="M${LANES.left} ${bottom}H${right}"/>`;
  save('seven-lanes', right + 30, bottom + 30, [...key, ...body, axis, ...ticks]);
}

sevenLanes();

const MODELS = ['sequence', 'generators', 'threads', 'gevent', 'asyncio', 'trio', 'processes'] as const;

/** What a run printed of a model, `threads: 6.9 units` or `threads     7.1 units, …`. */
function unitsOf(model: string, lines: readonly string[]): number {
  const found = lines.map((line) => /^(\w+):? +([\d.]+) units/u.exec(line)).find((match) => match?.[1] === model);
  if (found?.[2] === undefined) throw new Error(`No run of ${model} is recorded.`);
  return Number(found[2]);
}

/** Two bars for each model: the native run, and the run in the page. */
function bothTotals(): void {
  const [left, unit, bar, row] = [96, 34, 13, 46] as const;
  const x = (units: number): number => Math.round(left + units * unit);
  const top = 62;
  const bottom = top + MODELS.length * row - 6;
  const total = (y: number, units: number, look: string): string =>
    `<rect class="${look}" x="${left}" y="${y}" width="${x(units) - left}" height="${bar}"/>` +
    text(x(units) + 8, y + bar - 2, units.toFixed(1), 'fig-muted', 'start');
  const rows = MODELS.flatMap((model, index) => {
    const y = top + index * row;
    return [
      text(left - 10, y + 20, model, 'fig-text', 'end'),
      total(y, unitsOf(model, printed), 'fig-accent'),
      total(y + bar + 3, unitsOf(model, linesOf(`in-${model}`)), 'fig-box'),
    ];
  });
  const bounds = [
    [5, 'end', 'best on two cores'],
    [7, 'start', 'best on one core'],
  ] as const;
  const marks = bounds.map(([units, anchor, words]) => {
    const line = `<path class="fig-line fig-dash" d="M${x(units)} ${top - 14}V${bottom}"/>`;
    return line + text(x(units) + (anchor === 'end' ? 6 : -6), top - 20, words, 'fig-muted', anchor);
  });
  const ticks = [0, 2, 4, 6, 8, 10, 12, 14, 16].map(
    (units) => `<path class="fig-line" d="M${x(units)} ${bottom}v5"/>${text(x(units), bottom + 20, String(units), 'fig-muted')}`,
  );
  const key = [
    `<rect class="fig-accent" x="${x(0)}" y="6" width="30" height="${bar}"/>${text(x(0) + 38, 17, 'native', 'fig-muted', 'start')}`,
    `<rect class="fig-box" x="${x(3)}" y="6" width="30" height="${bar}"/>${text(x(3) + 38, 17, 'in the page', 'fig-muted', 'start')}`,
  ];
  const axis = `<path class="fig-line" d="M${left} ${top - 6}V${bottom}H${x(17)}"/>`;
  save('page-and-native', x(17) + 40, bottom + 30, [...key, ...marks, ...rows, axis, ...ticks]);
}

bothTotals();

/** The traces of the exercise: a name, its lane, and from when to when it holds the lock. */
interface Traced {
  readonly name: string;
  readonly lane: string;
  readonly lock?: readonly [from: number, to: number];
}

const TRACES: readonly (readonly [title: string, lanes: readonly Traced[]])[] = [
  [
    'A: tasks',
    [
      { name: 'report', lane: '.######.' },
      { name: 'chat', lane: '..-----#.' },
    ],
  ],
  [
    'B: a task',
    [
      { name: 'customer', lane: '...#' },
      { name: 'prices', lane: '    ...#' },
      { name: 'stock', lane: '        ...#' },
    ],
  ],
  ['C: a pool', [1, 2, 3, 4, 5, 6].map((n) => ({ name: `job ${n}`, lane: '-'.repeat(4 * (Math.ceil(n / 2) - 1)) + '....' }))],
  [
    'D: threads',
    [1, 2, 3].map((n) => ({
      name: `job ${n}`,
      lane: `${'-'.repeat(4 * (n - 1))}...#`,
      lock: [4 * (n - 1), 4 * n] as const,
    })),
  ],
];

function fourTraces(): void {
  const body: string[] = [];
  let y = 40;
  for (const [title, lanes] of TRACES) {
    body.push(text(4, y + 12, title, 'fig-text', 'start'));
    for (const { name, lane: letters, lock } of lanes) {
      body.push(text(166, y + 12, name, 'fig-muted', 'end'), stretchedLane(letters, y));
      if (lock) {
        const [from, to] = [traceAt(lock[0]), traceAt(lock[1])];
        body.push(`<path class="fig-accent-line" d="M${from + 1} ${y + 18}H${to - 1}"/>`);
      }
      y += lock ? 24 : 19;
    }
    y += 18;
  }
  const ticks = [0, 2, 4, 6, 8, 10, 12].map((unit) => {
    const x = traceAt(unit);
    return `<path class="fig-line" d="M${x} ${y}v5"/>${text(x, y + 20, String(unit), 'fig-muted')}`;
  });
  const key = [
    traceShift(-1, stretchedLane('.', 8)) + text(traceAt(0) + 6, 20, 'waits', 'fig-muted', 'start'),
    traceShift(1.7, stretchedLane('-', 8)) + text(traceAt(2.7) + 6, 20, 'waits for its turn', 'fig-muted', 'start'),
    traceShift(6.3, stretchedLane('#', 8)) + text(traceAt(7.3) + 6, 20, 'computes', 'fig-muted', 'start'),
    `<path class="fig-accent-line" d="M${traceAt(9.7)} 18h30"/>${text(traceAt(9.7) + 36, 20, 'holds lock', 'fig-muted', 'start')}`,
  ];
  const axis = `<path class="fig-line" d="M${traceAt(0)} ${y}H${traceAt(12)}"/>`;
  save('four-traces', traceAt(12) + 30, y + 30, [...key, ...body, axis, ...ticks]);
}

/** A column of these traces is a whole unit. */
function traceAt(unit: number): number {
  return 176 + unit * 36;
}

const traceShift = (units: number, drawn: string): string => `<g transform="translate(${units * 36} 0)">${drawn}</g>`;

function stretchedLane(letters: string, y: number): string {
  const four = [...letters.matchAll(/./gu)].map(([letter]) => letter.repeat(LANES.columnsOfUnit)).join('');
  return `<g transform="translate(${traceAt(0) - LANES.left} 0)">${lane(`    ${four}`, y + 2)}</g>`;
}

fourTraces();
