/** Native recordings beside live cells: which cells have one, what is held against a cell, and when a newer version is kept. */
import { expect, it } from 'vitest';
import { checkCourse } from '../../../src/chapters/check-course.ts';
import { cellsById, chainOf } from '../../../src/chapters/chain.ts';
import type { Chapter } from '../../../src/chapters/chapter.ts';
import { readSnapshot, snapshotIds, writeSnapshot } from '../../../src/chapters/snapshots.ts';
import { wantsReference } from '../../../src/chapters/references.ts';
import type { Cell } from '../../../src/protocol/cell.ts';
import type { Producer } from '../../../src/protocol/snapshot.ts';
import { makeSnapshot } from '../../../src/recorder/make-snapshot.ts';
import { recordReferences } from '../../../src/recorder/reference.ts';
import type { CellRun, Runner } from '../../../src/recorder/runner.ts';
import { courseOnDisk, frontmatter } from '../chapters/course-on-disk.ts';

const folder = '01-one';
const chapterText = `${frontmatter(1)}
\`\`\`python run id=plain
print(1)
\`\`\`

\`\`\`python run id=engine
import asyncio
await asyncio.sleep(0)
print("one")
\`\`\`

\`\`\`python run id=after after=engine
print("two")
\`\`\`

\`\`\`python run id=document compare=recorded-only
import trio
\`\`\`

\`\`\`python run id=measured native="it measures"
import asyncio
asyncio.sleep
\`\`\`
`;

const page: Producer = { kind: 'browser', python: '3.14.2', pyodide: '314.0.7' };
const native = (python: string): Producer => ({ kind: 'native', python, platform: 'Linux x86_64', cores: 2 });
const printed = (text: string, producer: Producer): CellRun => ({
  producer,
  events: [{ type: 'stdout', at: 0, text }],
  end: { outcome: 'ok', duration: 0.1 },
});

/** An interpreter of that version under which the cells print what the table says. */
function interpreter(python: string, prints: Readonly<Record<string, string>>): Runner {
  return {
    run: (_chapter, chain) => Promise.resolve(printed(prints[chain.at(-1)?.id ?? ''] ?? '', native(python))),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

interface Written extends Disposable {
  readonly root: string;
  readonly chapter: Chapter;
}

/** The course with the snapshots that the page's Python has recorded. */
function course(): Written {
  const disk = courseOnDisk({ [`content/${folder}/index.mdx`]: chapterText });
  const [chapter] = checkCourse(disk.root).chapters;
  if (!chapter) throw new Error('no chapter');
  const byId = cellsById(chapter);
  for (const [id, text] of Object.entries({ plain: '1\n', engine: 'one\n', after: 'two\n' })) {
    const cell = byId.get(id);
    if (!cell) throw new Error(`no cell ${id}`);
    writeSnapshot(disk.root, folder, makeSnapshot(chainOf(cell, byId), cell, printed(text, page), new Date()));
  }
  return {
    root: disk.root,
    chapter,
    [Symbol.dispose]: () => {
      disk[Symbol.dispose]();
    },
  };
}

const record = ({ root, chapter }: Written, runner: Runner, check = false) =>
  recordReferences(root, chapter, chapter.cells, runner, { check, whole: true });

const kinds = (outcomes: readonly { readonly kind: string }[]): string[] => outcomes.map(({ kind }) => kind);

const faultsOf = ({ root }: Written): string[] =>
  checkCourse(root)
    .faults.map(({ what }) => what)
    .filter((what) => /native recording|natively/.test(what));

it('has one for each live cell whose chain uses such an engine and that can be compared', () => {
  using written = course();
  const byId = cellsById(written.chapter);
  const wanting = [...byId.values()].filter((cell: Cell) => wantsReference(chainOf(cell, byId)));
  expect(wanting.map(({ id }) => id)).toEqual(['engine', 'after']);
});

it('keeps what CPython of the page’s version prints, and says when it drifts', async () => {
  using written = course();
  const prints = { engine: 'one\n', after: 'two\n' };
  expect(kinds(await record(written, interpreter('3.14.10', prints)))).toEqual(['recorded', 'recorded']);
  expect(readSnapshot(written.root, folder, 'engine', 'reference/3.14')).toMatchObject({
    snapshot: { producer: native('3.14.10') },
  });
  expect(faultsOf(written)).toEqual([]);
  expect(kinds(await record(written, interpreter('3.14.11', prints), true))).toEqual(['unchanged', 'unchanged']);
});

it('refuses to record what differs from the page', async () => {
  using written = course();
  const [engine] = await record(written, interpreter('3.14.10', { engine: 'another\n', after: 'two\n' }));
  expect(engine).toMatchObject({ kind: 'failed', note: 'CPython 3.14 prints something else' });
  expect(snapshotIds(written.root, folder, 'reference/3.14')).toEqual(['after']);
});

it('is a fault of the chapter when the page prints something else than CPython', async () => {
  using written = course();
  await record(written, interpreter('3.14.10', { engine: 'one\n', after: 'two\n' }));
  const { root, chapter } = written;
  const byId = cellsById(chapter);
  const cell = byId.get('engine');
  if (!cell) throw new Error('no cell');
  writeSnapshot(root, folder, makeSnapshot(chainOf(cell, byId), cell, printed('new\n', page), new Date()));
  expect(faultsOf(written)).toEqual([expect.stringContaining('“engine” prints something else natively')]);
});

it('keeps a newer version only where it prints something else', async () => {
  using written = course();
  expect(kinds(await record(written, interpreter('3.15.2', { engine: 'new\n', after: 'two\n' })))).toEqual([
    'recorded',
    'unchanged',
  ]);
  expect(snapshotIds(written.root, folder, 'reference/3.15')).toEqual(['engine']);
  expect(faultsOf(written)).toEqual([]);
  await record(written, interpreter('3.15.3', { engine: 'one\n', after: 'two\n' }));
  expect(snapshotIds(written.root, folder, 'reference/3.15')).toEqual([]);
});

it('takes no other version, nor a free-threaded build', async () => {
  using written = course();
  for (const version of ['3.13.1', '3.14.2t']) {
    expect(kinds(await record(written, interpreter(version, {})))).toEqual(['failed', 'failed']);
  }
});

it('tells a recording of a cell that wants none, and removes it when the chapter is recorded', async () => {
  using written = course();
  const { root } = written;
  const read = readSnapshot(root, folder, 'plain');
  if (read.state !== 'present') throw new Error('no snapshot');
  writeSnapshot(root, folder, { ...read.snapshot, producer: native('3.14.10') }, 'reference/3.14');
  expect(faultsOf(written)).toEqual([expect.stringContaining('belongs to no live cell')]);
  await record(written, interpreter('3.14.10', { engine: 'one\n', after: 'two\n' }));
  expect(faultsOf(written)).toEqual([]);
});
