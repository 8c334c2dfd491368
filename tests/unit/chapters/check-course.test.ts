/** All faults of all chapters in one run: folders, chains, links, images and snapshots. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/protocol/cell.ts';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import { cellHash } from '../../../src/chapters/cell-hash.ts';
import { checkCourse } from '../../../src/chapters/check-course.ts';
import { formatFaults } from '../../../src/chapters/content-fault.ts';
import { parseFence } from '../../../src/chapters/fence.ts';
import { snapshotOf, snapshotText } from '../../../src/chapters/snapshots.ts';
import { exerciseHash } from '../../../src/chapters/exercises/verdicts.ts';
import type { Verdict } from '../../../src/chapters/exercises/verdicts.ts';
import { readChapter } from '../../../src/chapters/read-chapter.ts';
import { courseOnDisk, frontmatter } from './course-on-disk.ts';
import { predict, write } from './exercises/sample.ts';

const fence = (meta: string, source = '1'): string => `\n\`\`\`python run ${meta}\n${source}\n\`\`\`\n`;

function cell(meta: string, source = '1'): Cell {
  const result = parseFence(`run ${meta}`, source, { file: 'f', line: 1 });
  if (!result.ok) throw new Error(formatFaults(result.faults));
  return result.cell;
}

function snapshot(chain: readonly Cell[], change: Partial<Snapshot> = {}): string {
  return snapshotText({
    format: 1,
    cell: chain.at(-1)?.id ?? '',
    hash: cellHash(chain),
    producer: { kind: 'browser', python: '3.14.2', pyodide: '314.0.7' },
    recorded: '2026-11-22T12:00:00Z',
    duration: 0.1,
    events: [{ type: 'result', at: 0.1, text: '1' }],
    ...change,
  });
}

const error = { type: 'error', at: 0, name: 'TypeError', message: 'm', traceback: 't\n' } as const;

function told(files: Readonly<Record<string, string>>): string {
  using course = courseOnDisk(files);
  return formatFaults(checkCourse(course.root).faults);
}

const one = (body: string): string => frontmatter(1) + body;

describe('a course', () => {
  it('has no fault when cells, snapshots and links fit together', () => {
    const first = cell('id=a', 'x = 1');
    const second = cell('id=b after=a', 'x');
    const body = `\n## Here {#here}\n${fence('id=a', 'x = 1')}${fence('id=b after=a', 'x')}
[1](/two/#there), [2](../two/), [3](#a), [4](/), [5](/glossary/#x), [6](https://a.org/x), [7](/robots.txt) ![p](./p.svg)\n`;
    const files = {
      'content/01-one/index.mdx': one(body),
      'content/01-one/p.svg': '<svg/>',
      'content/01-one/snapshots/a.json': snapshot([first]),
      'content/01-one/snapshots/b.json': snapshot([first, second]),
      'content/02-two/index.mdx': `${frontmatter(2)}\n## There {#there}\n\n[back](/one/#here)\n`,
      'content/glossary.yaml': '- term: x\n  definition: y\n',
      'src/pages/glossary.astro': '',
      'src/pages/[slug].astro': '',
      'public/robots.txt': '',
    };
    expect(told(files)).toBe('');
    using course = courseOnDisk(files);
    expect(snapshotOf('one', 'b', course.root)?.cell).toBe('b');
    expect(snapshotOf('one', 'c', course.root)).toBeUndefined();
    expect(snapshotOf('three', 'c', course.root)).toBeUndefined();
  });

  it('tells the faults of every chapter and folder in one run', () => {
    const said = told({
      'content/01-one/index.mdx': frontmatter(3),
      'content/02-one/index.mdx': frontmatter(2) + fence('id=a wat'),
      'content/02-other/index.mdx': frontmatter(2),
      'content/Three/index.mdx': '',
      'content/04-four/notes.md': `text\n${fence('id=stray')}`,
      'src/pages/about.md': fence('id=stray'),
    });
    expect(said).toContain('content/01-one/index.mdx:1: order is 3, the folder says 1');
    expect(said).toContain('content/02-one/index.mdx:1: the address /one/ is taken by content/01-one');
    expect(said).toContain('content/02-one/index.mdx:10: unknown cell option “wat”');
    expect(said).toContain('content/02-other/index.mdx:1: place 2 is taken by content/02-one');
    expect(said).toContain('content/Three/index.mdx:1: the folder “Three” is not named NN-slug');
    expect(said).toContain('content/04-four/index.mdx:1: the chapter’s folder has no index.mdx');
    expect(said).toContain('content/04-four/notes.md:3: a cell in a file that is not a chapter’s index.mdx');
    expect(said).toContain('src/pages/about.md:2: a cell in a file that is not a chapter’s index.mdx');
  });

  it.each([
    [fence('id=b after=c'), '10: “b” continues “c”, and the chapter has no such cell'],
    [
      fence('id=aa') + fence('id=b after=ab'),
      '14: “b” continues “ab”, and the chapter has no such cell\n    Did you mean “aa”?',
    ],
    [fence('id=b after=c') + fence('id=c after=b'), '10: “b” continues “c”, which comes later (line 14)'],
    [fence('id=b script') + fence('id=c after=b'), '14: “c” continues “b”, which is a script and leaves no state'],
    [fence('id=b native="forks"') + fence('id=c after=b'), '14: “c” runs in the page and continues “b”, which cannot'],
  ])('refuses a chain that cannot be run: %j', (body, said) => {
    expect(told({ 'content/01-one/index.mdx': one(body) })).toContain(`content/01-one/index.mdx:${said}`);
  });

  it.each([
    ['[x](/tow/)', 'the link /tow/ leads nowhere\n    Did you mean “/two/”?'],
    [
      '[x](/two/#theer)',
      'the link /two/#theer leads to no anchor of content/02-two/index.mdx\n    Did you mean “there”?',
    ],
    ['[x](#nowhere)', 'the link #nowhere leads to no anchor'],
    ['[x](/two)', 'the link /two lacks the slash at the end of its path\n    Write /two/.'],
    ['[x](./two/)', 'the link ./two/ leads nowhere'],
    ['[x][r]\n\n[r]: /chapters/two/', 'the link /chapters/two/ leads nowhere'],
    ['<a href="/nowhere/">x</a>', 'the link /nowhere/ leads nowhere'],
    ['![x](./gone.svg)', 'the image ./gone.svg does not exist'],
    ['![x](https://a.org/b.png)', 'the image https://a.org/b.png is on another host'],
  ])('finds that %j is dead', (body, said) => {
    const files = {
      'content/01-one/index.mdx': one(`\n${body}\n`),
      'content/02-two/index.mdx': `${frontmatter(2)}\n## There {#there}\n`,
    };
    expect(told(files)).toContain(`index.mdx:${body.startsWith('[x][r]') ? 12 : 10}: ${said}`);
  });

  const plain = cell('id=a');
  const chained = cell('id=b after=a');

  it.each([
    ['a missing snapshot', {}, '10: “a” has no recorded output\n    Run: npm run record -- 01-one/a'],
    ['one of other code', { a: snapshot([cell('id=a', '2')]) }, '10: “a” or a cell that it continues has changed'],
    [
      'a stale chain',
      { a: snapshot([plain]), b: snapshot([cell('id=a', '2'), chained]) },
      '14: “b” or a cell that it continues',
    ],
    ['a file that is no JSON', { a: '{' }, '10: the recorded output of “a” cannot be read: it is not JSON'],
    [
      'a file of another shape',
      { a: snapshot([plain]).replace('"text":"1"', '"text":1') },
      '10: the recorded output of “a” cannot be read: events.0.text',
    ],
    [
      'an event of no known type',
      { a: snapshot([plain]).replace('"type":"result"', '"type":"check"') },
      'cannot be read: events.0.type: Invalid type: Expected ("stdout" | "stderr" | "result" | "error" | "exit") but received',
    ],
    [
      'a field that no snapshot has',
      { a: snapshot([plain]).replace('"type":"result"', '"type":"result","style":"red"') },
      'cannot be read: events.0.style: no such field is known',
    ],
    [
      'a field that is missing',
      { a: snapshot([plain]).replace('"at":', '"when":') },
      'cannot be read: events.0.at: Invalid key: Expected "at"',
    ],
    [
      'a date that is none',
      { a: snapshot([plain], { recorded: 'today' }) },
      'cannot be read: recorded: Invalid timestamp',
    ],
    ['a snapshot of another cell', { a: snapshot([plain], { cell: 'z' }) }, 'says that it is of “z”'],
    [
      'an error nobody expects',
      { a: snapshot([plain], { events: [error] }) },
      '“a” was recorded with an error that it does not expect',
    ],
  ])('finds %s', (_name, snapshots, said) => {
    const files: Record<string, string> = { 'content/01-one/index.mdx': one(fence('id=a') + fence('id=b after=a')) };
    for (const [id, text] of Object.entries(snapshots)) files[`content/01-one/snapshots/${id}.json`] = text;
    expect(told(files)).toContain(said);
  });

  it('finds an orphaned snapshot, and an expected error that did not come', () => {
    const said = told({
      'content/01-one/index.mdx': one(fence('id=a expect=error')),
      'content/01-one/snapshots/a.json': snapshot([cell('id=a expect=error')]),
      'content/01-one/snapshots/ab.json': snapshot([plain]),
    });
    expect(said).toContain('content/01-one/snapshots/ab.json:1: a snapshot without a cell');
    expect(said).toContain('“a” expects an error and was recorded without one');
  });

  it.each([
    ['id=a timeline', {}, '“a” shows a timeline and was recorded without one'],
    [
      'id=a',
      { timeline: { lost: 0, lanes: [{ lane: 0, name: 'MainThread' }], events: [] } },
      '“a” was recorded with a timeline that it no longer shows',
    ],
  ])('finds that `%s` and its recorded run differ in their timeline', (meta, change, said) => {
    const files = {
      'content/01-one/index.mdx': one(fence(meta)),
      'content/01-one/snapshots/a.json': snapshot([cell(meta)], change),
    };
    expect(told(files)).toContain(said);
  });
});

describe('an exercise', () => {
  const judged = (change: Partial<Verdict> = {}): string => {
    const [placed] = readChapter({ folder: '01-one', slug: 'one', file: 'f' }, one(`\n${write}`)).exercises;
    if (placed?.exercise.kind !== 'write') throw new Error('the sample has faults');
    const { exercise } = placed;
    const verdict: Verdict = {
      format: 1,
      exercise: 'classify',
      hash: exerciseHash(exercise),
      python: '3.14.2',
      pyodide: '314.0.7',
      judged: '2026-11-22T12:00:00Z',
      passes: exercise.checks.map(({ name }) => name),
      starterFails: '',
      wrongFail: exercise.wrong.map(({ fails }) => fails),
      ...change,
    };
    return JSON.stringify(verdict);
  };
  const file = 'content/01-one/verdicts/classify.json';

  it.each([
    ['no verdict', undefined, '10: the exercise “classify” was not judged'],
    ['a verdict of other sources', judged({ hash: 'sha256-x' }), '10: the exercise “classify” has changed since'],
    ['a verdict on another', judged({ exercise: 'other' }), 'says that it is on “other”'],
    ['a file that is no JSON', '{', 'cannot be read: it is not JSON'],
    ['a file of another shape', judged().replace('"format":1', '"format":2'), 'cannot be read: format'],
    [
      'a field that no verdict has',
      judged().replace('"format":1', '"format":1,"note":1'),
      'cannot be read: note: no such field is known',
    ],
    ['a check that was not there', judged({ passes: ['test_boundary'] }), 'was not judged with every check'],
    [
      'another first failure',
      judged({ wrongFail: ['test_boundary', 'test_boundary'] }),
      'wrong answer 1 of “classify” fails first at test_boundary, not at test_all_computing',
    ],
  ])('with %s is told', (_name, verdict, said) => {
    const files = { 'content/01-one/index.mdx': one(`\n${write}`), ...(verdict !== undefined && { [file]: verdict }) };
    const faults = told(files);
    expect(faults).toContain(said);
    expect(faults).toContain('Run: npm run record -- 01-one/classify');
  });

  it('that was judged as it is has no fault; a verdict without an exercise is one', () => {
    expect(told({ 'content/01-one/index.mdx': one(`\n${write}`), [file]: judged() })).toBe('');
    expect(told({ 'content/01-one/index.mdx': one('\ntext\n'), [file]: judged() })).toContain(
      'content/01-one/verdicts/classify.json:1: a verdict without an exercise',
    );
  });

  it('to predict has wrong predictions that differ from what the cell prints', () => {
    const printed = (text: string) => {
      const fence = cell('id=order-cell name="order.py"', 'print("before")\nprint("after")');
      return told({
        'content/01-one/index.mdx': one(`\n${predict}`),
        'content/01-one/snapshots/order-cell.json': snapshot([fence], { events: [{ type: 'stdout', at: 0, text }] }),
      });
    };
    expect(printed('before\nafter\n')).toBe('');
    expect(printed('after\nbefore\n')).toContain('10: wrong prediction 1 of “predict-order” is what the cell prints');
    expect(printed('\n')).toContain('10: the cell of “predict-order” prints nothing');
  });
});

it('has nothing to say against the small course of the tests, as it stands in its own folder', () => {
  const root = fileURLToPath(new URL('../../course', import.meta.url));
  expect(checkCourse(root).faults).toEqual([]);
});

describe('the hash of a cell', () => {
  const base = cellHash([cell('id=a', 'x')]);

  it.each(['id=a script', 'id=a name=b.py', 'id=a clock=10', 'id=a native="r"', 'id=a packages=trio', 'id=b'])(
    'changes with `%s`, which reaches Python',
    (meta) => {
      expect(cellHash([cell(meta, 'x')])).not.toBe(base);
    },
  );

  it.each(['title=A', 'compare=unordered', 'mask=id', 'timeout=9', 'lines', 'expect=error'])(
    'does not change with `%s`, which only judges or decorates',
    (options) => {
      expect(cellHash([cell(`id=a ${options}`, 'x')])).toBe(base);
    },
  );

  it('changes with the source of a cell further up the chain', () => {
    const chain = (source: string) => cellHash([cell('id=z', source), cell('id=a', 'x')]);
    expect(chain('1')).not.toBe(chain('2'));
  });
});
