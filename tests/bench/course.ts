/** Writes a course of made-up chapters with their snapshots, the same for the same number each time: work for benchmarks. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cellHash } from '../../src/chapters/cell-hash.ts';
import { cellsById, chainOf } from '../../src/chapters/chain.ts';
import { readChapters } from '../../src/chapters/read-chapters.ts';
import { writeSnapshot } from '../../src/chapters/snapshots.ts';

export const CELLS = 14;
const SECTIONS = 7;

/** Park and Miller's generator: a course must not differ from run to run. */
function randomFrom(seed: number): (below: number) => number {
  let state = (seed * 7919 + 1) % 2147483647;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const SYLLABLES = 'ba co di fu ge hi jo ka le mu na po ri se to vu wa xi yo ze'.split(' ');
const COMMON =
  'the a thread runs until it waits for another value and then gives its turn to what comes next in line'.split(' ');

function word(random: (below: number) => number): string {
  if (random(3) > 0) return COMMON[random(COMMON.length)] ?? '';
  return Array.from({ length: 2 + random(2) }, () => SYLLABLES[random(SYLLABLES.length)]).join('');
}

function sentence(random: (below: number) => number): string {
  const words = Array.from({ length: 8 + random(10) }, () => word(random));
  return `${words.join(' ')}.`.replace(/^./, (first) => first.toUpperCase());
}

function paragraph(random: (below: number) => number): string {
  return Array.from({ length: 5 }, () => sentence(random)).join(' ');
}

function cellSource(chapter: number, number: number): string {
  return [
    'import threading',
    '',
    `def work_${chapter}_${number}(items):`,
    '    """Count what is left."""',
    '    for index, item in enumerate(items):',
    `        if item % ${number + 2} == 0:`,
    '            print(f"{index}: {item!r}")',
    '',
    `work_${chapter}_${number}(range(${number + 5}))`,
  ].join('\n');
}

interface MadeUpCell {
  readonly id: string;
  readonly title: string;
  readonly source: string;
}

interface MadeUpSection {
  readonly id: string;
  readonly title: string;
  /** Paragraphs, and what stands between two of them. */
  readonly blocks: readonly (string | MadeUpCell)[];
}

export interface MadeUpChapter {
  readonly title: string;
  readonly summary: string;
  readonly outcomes: readonly string[];
  readonly aliases: readonly string[];
  readonly sections: readonly MadeUpSection[];
}

export function makeUpChapter(number: number): MadeUpChapter {
  const random = randomFrom(number);
  const cell = (which: number): MadeUpCell => ({
    id: `cell-${which}`,
    title: `Cell ${which} of chapter ${number}`,
    source: cellSource(number, which),
  });
  return {
    title: `Chapter ${number}: ${word(random)} and ${word(random)}`,
    summary: sentence(random),
    outcomes: [sentence(random), sentence(random)],
    aliases: [`${word(random)}-${number}`, `work ${number}`],
    sections: Array.from({ length: SECTIONS }, (_, at) => ({
      id: `section-${at + 1}`,
      title: `Section ${at + 1} on ${word(random)}`,
      blocks: [paragraph(random), cell(2 * at + 1), paragraph(random), cell(2 * at + 2), paragraph(random)],
    })),
  };
}

function asMdx({ title, summary, outcomes, aliases, sections }: MadeUpChapter, number: number): string {
  const fence = ({ id, title, source }: MadeUpCell): string =>
    ['```python run id=' + id + ` title="${title}"`, source, '```'].join('\n');
  const blocks = sections.flatMap(({ id, title, blocks }) => [
    `## ${title} {#${id}}`,
    ...blocks.map((block) => (typeof block === 'string' ? block : fence(block))),
  ]);
  return [
    '---',
    `title: "${title}"`,
    `summary: ${JSON.stringify(summary)}`,
    `order: ${number}`,
    'module: 1',
    `outcomes: [${outcomes.map((outcome) => JSON.stringify(outcome)).join(', ')}]`,
    `aliases: [${aliases.join(', ')}]`,
    'updated: 2026-11-22',
    '---',
    '',
    ...blocks.flatMap((block) => [block, '']),
  ].join('\n');
}

/** Fills `content/` of the project at `root`, which must have no chapters; `count` is at most 9000. */
export function writeCourse(root: string, count: number): void {
  for (let number = 1; number <= count; number++) {
    const folder = path.join(root, 'content', `${String(number).padStart(4, '0')}-chapter-${number}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'index.mdx'), asMdx(makeUpChapter(number), number));
  }
  for (const chapter of readChapters(root).chapters) {
    const cells = cellsById(chapter);
    for (const { cell: one } of chapter.cells) {
      writeSnapshot(root, chapter.folder, {
        format: 1,
        cell: one.id,
        hash: cellHash(chainOf(one, cells)),
        producer: { kind: 'browser', python: '3.14.2', pyodide: '314.0.7' },
        recorded: '2026-11-22T12:00:00Z',
        duration: 0.01,
        events: [{ type: 'stdout', at: 0.001, text: '0: 0\n3: 3\n6: 6\n' }],
      });
    }
  }
}
