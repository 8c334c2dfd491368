/** Draws the four figures of this chapter: what crosses between two processes, and what each start method copies. */
import { writeFileSync } from 'node:fs';

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'middle'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

const box = (x: number, y: number, width: number, height: number, look = 'fig-box'): string =>
  `<rect class="${look}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>`;

/** A horizontal arrow from one x to another, with its words above it. */
const arrow = (from: number, to: number, y: number, words: string, look = 'fig-accent-line'): string => {
  const back = to > from ? -7 : 7;
  const label = text((from + to) / 2, y - 8, words, look === 'fig-accent-line' ? 'fig-accent-text' : 'fig-muted');
  return `<path class="${look}" d="M${from} ${y}H${to}m${back} -5l${-back} 5l${back} 5"/>${label}`;
};

function save(name: string, width: number, height: number, body: readonly string[]): void {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`;
  writeFileSync(new URL(`./${name}.svg`, import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
}

interface Line {
  readonly words: string;
  /** Copied from the process at the left, made anew, or not there. */
  readonly look: 'copied' | 'new' | 'absent';
}

const looks = { copied: 'fig-accent-line', new: 'fig-soft', absent: 'fig-line fig-dash' } as const;

/** A process: its name above a box, and in the box a row for each thing that it has. */
const process = (x: number, y: number, width: number, name: string, lines: readonly Line[]): string =>
  [
    text(x + width / 2, y - 8, name),
    box(x, y, width, lines.length * 34 + 8),
    ...lines.map(
      ({ words, look }, i) =>
        box(x + 8, y + 8 + i * 34, width - 16, 26, looks[look]) +
        text(x + width / 2, y + 26 + i * 34, words, look === 'absent' ? 'fig-muted' : 'fig-text'),
    ),
  ].join('\n');

const parent: readonly Line[] = ['interpreter', 'modules', 'globals', 'lock, held', '3 threads'].map((words) => ({
  words,
  look: 'new',
}));

save('start-spawn', 340, 262, [
  process(6, 26, 106, 'parent', parent),
  process(228, 26, 106, 'child', [
    { words: 'interpreter', look: 'new' },
    { words: 'your file', look: 'new' },
    { words: 'Process', look: 'copied' },
    { words: '1 thread', look: 'new' },
  ]),
  arrow(116, 224, 46, 'starts Python', 'fig-line'),
  arrow(116, 224, 114, 'pickled'),
  box(6, 226, 22, 16, 'fig-soft'),
  text(34, 239, 'its own, new', 'fig-muted', 'start'),
  box(140, 226, 22, 16, 'fig-accent-line'),
  text(168, 239, 'copied', 'fig-muted', 'start'),
]);

save('start-forkserver', 340, 360, [
  process(6, 26, 106, 'parent', parent),
  process(228, 26, 106, 'fork server', [
    { words: 'interpreter', look: 'new' },
    { words: 'your file', look: 'new' },
    { words: '1 thread', look: 'new' },
  ]),
  arrow(116, 224, 46, 'once', 'fig-line'),
  `<path class="fig-accent-line" d="M281 138V192m-5 -7l5 7l5 -7"/>`,
  text(274, 158, 'fork, for', 'fig-accent-text', 'end'),
  text(274, 174, 'each child', 'fig-accent-text', 'end'),
  process(228, 214, 106, '', [
    { words: 'interpreter', look: 'copied' },
    { words: 'its globals', look: 'copied' },
    { words: 'Process', look: 'copied' },
  ]),
  text(222, 300, 'child', 'fig-text', 'end'),
  `<path class="fig-accent-line" d="M59 208V309H224m-7 -5l7 5l-7 5"/>`,
  text(66, 328, 'pickled', 'fig-accent-text', 'start'),
  box(6, 340, 22, 16, 'fig-soft'),
  text(34, 353, 'its own, new', 'fig-muted', 'start'),
  box(140, 340, 22, 16, 'fig-accent-line'),
  text(168, 353, 'copied', 'fig-muted', 'start'),
]);

save('start-fork', 340, 262, [
  process(6, 26, 106, 'parent', parent),
  process(228, 26, 106, 'child', [
    { words: 'interpreter', look: 'copied' },
    { words: 'modules', look: 'copied' },
    { words: 'globals', look: 'copied' },
    { words: 'lock, held', look: 'copied' },
    { words: '1 thread', look: 'copied' },
  ]),
  arrow(116, 224, 46, 'fork'),
  arrow(116, 224, 80, ''),
  arrow(116, 224, 114, ''),
  arrow(116, 224, 148, ''),
  text(170, 188, 'two threads', 'fig-muted'),
  text(170, 204, 'are missing', 'fig-muted'),
  box(6, 226, 22, 16, 'fig-accent-line'),
  text(34, 239, 'copied', 'fig-muted', 'start'),
]);

save('what-travels', 340, 226, [
  process(6, 26, 98, 'parent', [
    { words: 'interpreter', look: 'new' },
    { words: 'modules', look: 'new' },
    { words: 'globals', look: 'new' },
    { words: 'threads', look: 'new' },
  ]),
  process(236, 26, 98, 'child', [
    { words: 'interpreter', look: 'new' },
    { words: 'modules', look: 'new' },
    { words: 'globals', look: 'new' },
    { words: 'threads', look: 'new' },
  ]),
  arrow(108, 232, 52, 'target, args'),
  arrow(232, 108, 98, 'pipe: an answer'),
  arrow(232, 108, 144, 'exit code'),
  text(170, 196, 'No object is in both.', 'fig-muted'),
  text(170, 214, 'What crosses is bytes.', 'fig-muted'),
]);
