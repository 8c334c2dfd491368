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

const looks = { copied: 'fig-accent', new: 'fig-soft', absent: 'fig-line fig-dash' } as const;

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

const parent: readonly Line[] = ['interpreter', 'modules', 'globals', 'lock, held', 'three threads'].map((words) => ({
  words,
  look: 'new',
}));

save('start-spawn', 360, 262, [
  process(6, 26, 118, 'parent', parent),
  process(236, 26, 118, 'child', [
    { words: 'interpreter', look: 'new' },
    { words: 'file, run again', look: 'new' },
    { words: 'Process object', look: 'copied' },
    { words: 'one thread', look: 'new' },
  ]),
  arrow(128, 232, 46, 'starts Python', 'fig-line'),
  arrow(128, 232, 114, 'pickled'),
  box(6, 226, 22, 16, 'fig-soft'),
  text(34, 239, 'its own, new', 'fig-muted', 'start'),
  box(140, 226, 22, 16, 'fig-accent'),
  text(168, 239, 'copied', 'fig-muted', 'start'),
]);

save('start-forkserver', 360, 360, [
  process(6, 26, 118, 'parent', parent),
  process(236, 26, 118, 'fork server', [
    { words: 'interpreter', look: 'new' },
    { words: 'file, run again', look: 'new' },
    { words: 'one thread', look: 'new' },
  ]),
  arrow(128, 232, 46, 'once', 'fig-line'),
  `<path class="fig-accent-line" d="M295 138V192m-5 -7l5 7l5 -7"/>`,
  text(288, 158, 'fork, for', 'fig-accent-text', 'end'),
  text(288, 174, 'each child', 'fig-accent-text', 'end'),
  process(236, 214, 118, '', [
    { words: 'interpreter', look: 'copied' },
    { words: 'file’s globals', look: 'copied' },
    { words: 'Process object', look: 'copied' },
  ]),
  text(230, 300, 'child', 'fig-text', 'end'),
  `<path class="fig-accent-line" d="M64 208V309H232m-7 -5l7 5l-7 5"/>`,
  text(70, 328, 'pickled', 'fig-accent-text', 'start'),
  box(6, 340, 22, 16, 'fig-soft'),
  text(34, 353, 'its own, new', 'fig-muted', 'start'),
  box(140, 340, 22, 16, 'fig-accent'),
  text(168, 353, 'copied', 'fig-muted', 'start'),
]);

save('start-fork', 360, 262, [
  process(6, 26, 118, 'parent', parent),
  process(236, 26, 118, 'child', [
    { words: 'interpreter', look: 'copied' },
    { words: 'modules', look: 'copied' },
    { words: 'globals', look: 'copied' },
    { words: 'lock, held', look: 'copied' },
    { words: 'one thread', look: 'copied' },
  ]),
  arrow(128, 232, 46, 'fork'),
  arrow(128, 232, 80, ''),
  arrow(128, 232, 114, ''),
  arrow(128, 232, 148, ''),
  text(180, 188, 'two threads', 'fig-muted'),
  text(180, 204, 'are missing', 'fig-muted'),
  box(6, 226, 22, 16, 'fig-accent'),
  text(34, 239, 'copied, and nothing else', 'fig-muted', 'start'),
]);

save('what-travels', 360, 226, [
  process(6, 26, 104, 'parent', [
    { words: 'interpreter', look: 'new' },
    { words: 'modules', look: 'new' },
    { words: 'globals', look: 'new' },
    { words: 'threads', look: 'new' },
  ]),
  process(250, 26, 104, 'child', [
    { words: 'interpreter', look: 'new' },
    { words: 'modules', look: 'new' },
    { words: 'globals', look: 'new' },
    { words: 'threads', look: 'new' },
  ]),
  arrow(114, 246, 52, 'start: target, args'),
  arrow(246, 114, 98, 'pipe: an answer'),
  arrow(246, 114, 144, 'exit code'),
  text(180, 196, 'No object is in both.', 'fig-muted'),
  text(180, 214, 'What crosses is bytes.', 'fig-muted'),
]);
