/** The recorder end to end: a course on disk, the readers' kernel in a real browser, snapshots written and held to. */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/protocol/snapshot.ts';
import { frontmatter } from '../unit/chapters/course-on-disk.ts';
import type { DiskCourse } from '../unit/chapters/course-on-disk.ts';
import { courseToRun } from './course-to-run.ts';

const project = join(import.meta.dirname, '../..');
const fence = (meta: string, source: string): string => `\n\`\`\`python run ${meta}\n${source}\n\`\`\`\n`;

const chapter =
  frontmatter(1) +
  fence('id=counter', 'import itertools\ncounter = itertools.count()\nprint("first", next(counter))') +
  fence('id=goes-on after=counter', 'print(f"then {next(counter)}\\n", end="")\nnext(counter)') +
  fence('id=branches after=counter', 'next(counter)') +
  fence('id=fresh expect=error compare=error', 'counter') +
  fence('id=slow compare=band band=0.2..20', 'import time\nfor n in range(2):\n    print(n)\n    time.sleep(0.2)') +
  fence('id=address', 'object()');

const file = 'content/01-one/index.mdx';
/** As on a desk: CI relies on nothing that passed before. */
const environment = { ...process.env };
delete environment['CI'];
const inCi = { ...environment, CI: 'true' };
let course: DiskCourse;

async function command(
  script: string,
  words: readonly string[] = [],
  env = environment,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(project, script), ...words], { cwd: course.root, env });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: (await output).join('') };
}

const record = (...words: string[]) => command('src/recorder/main.ts', words);

function snapshot(id: string): Snapshot {
  return JSON.parse(readFileSync(join(course.root, `content/01-one/snapshots/${id}.json`), 'utf8')) as Snapshot;
}

beforeAll(async () => {
  course = courseToRun({ [file]: chapter, 'content/01-one/snapshots/orphan.json': '{}' });
  const { code, output } = await record();
  expect(output).toContain('recorded: 6');
  expect(code).toBe(0);
});

afterAll(() => {
  course[Symbol.dispose]();
});

describe('recording a chapter', () => {
  it('writes what each cell printed, with its producer, and removes orphans', () => {
    expect(readdirSync(join(course.root, 'content/01-one/snapshots')).sort()).toEqual(
      ['address', 'branches', 'counter', 'fresh', 'goes-on', 'slow'].map((id) => `${id}.json`),
    );
    const { producer, events } = snapshot('goes-on');
    expect(producer).toMatchObject({ kind: 'browser', python: expect.stringMatching(/^3\.\d+\.\d+$/) as string });
    expect(events.map((event) => ('text' in event ? [event.type, event.text] : event))).toEqual([
      ['stdout', 'then 1\n'],
      ['result', '2'],
    ]);
  });

  it('starts each chain afresh: a branch sees only its own chain, an unchained cell nothing', () => {
    expect(snapshot('branches').events).toMatchObject([{ type: 'result', text: '1' }]);
    expect(snapshot('fresh').events).toMatchObject([{ type: 'error', name: 'NameError' }]);
  });

  it('keeps when each line came', () => {
    const [first, second] = snapshot('slow').events;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(0.1);
  });

  it('leaves nothing for the check to find', async () => {
    expect(await command('src/commands/check.ts')).toMatchObject({ code: 0 });
  });
});

describe('checking a recorded chapter', () => {
  it('agrees when nothing changed, whatever the addresses and times', async () => {
    const { code, output } = await record('--check');
    expect(output).toContain('unchanged: 6');
    expect(code).toBe(0);
  });

  it('runs nothing again that passed, unless it is named', async () => {
    expect(await record('--check')).toMatchObject({ code: 0, output: expect.stringMatching(/\nkept: 6\n$/) as string });
    expect((await record('--check', 'one/slow')).output).toContain('unchanged: 1');
  });

  it('runs everything again when all is asked for, and in CI', async () => {
    const [all, ci] = await Promise.all([
      record('--check', '--all'),
      command('src/recorder/main.ts', ['--check'], inCi),
    ]);
    expect(all.output).toContain('unchanged: 6');
    expect(ci.output).toContain('unchanged: 6');
  });

  it('runs again what is judged by another rule or another recording, and finds what has drifted', async () => {
    const wider = fence(
      'id=slow compare=band band=0.1..30',
      'import time\nfor n in range(2):\n    print(n)\n    time.sleep(0.2)',
    );
    const narrower = fence(
      'id=slow compare=band band=0.2..20',
      'import time\nfor n in range(2):\n    print(n)\n    time.sleep(0.2)',
    );
    const path = 'content/01-one/snapshots/counter.json';
    const before = readFileSync(join(course.root, path), 'utf8');
    course.write(file, chapter.replace(narrower, wider));
    course.write(path, before.replace('first 0', 'first 9'));
    const { code, output } = await record('--check');
    course.write(file, chapter);
    course.write(path, before);
    expect(code).toBe(1);
    expect(output).toContain('✗ 01-one/counter  failed  drifted (compare=exact)');
    expect(output).toContain('✓ 01-one/slow  unchanged');
    expect(output).toContain('kept: 4');
  });

  it('fails on drift with the difference, on stale, missing and orphaned snapshots, all in one run', async () => {
    const folder = 'content/01-one/snapshots';
    using broken = courseToRun({ [file]: chapter.replace('object()', 'object') + fence('id=new', '1') });
    for (const id of ['counter', 'goes-on', 'branches', 'fresh', 'slow', 'address']) {
      broken.write(`${folder}/${id}.json`, JSON.stringify(snapshot(id)).replace('"then 1', '"then 7'));
    }
    broken.write(`${folder}/orphan.json`, '{}');
    const before = course;
    course = broken;
    const { code, output } = await record('one', '--check');
    course = before;
    expect(code).toBe(1);
    expect(output).toContain('✗ 01-one/goes-on  failed  drifted (compare=exact)');
    expect(output).toContain('- then 7\n    + then 1');
    expect(output).toContain('✗ 01-one/address  failed  stale');
    expect(output).toContain('✗ 01-one/new  failed  missing');
    expect(output).toContain('✗ 01-one/orphan  failed  orphaned');
    expect(output).toContain('unchanged: 4');
  });
});

describe('a cell that does not do what its author said', () => {
  it('is refused with its traceback or its time, and its old snapshot stays', async () => {
    const before = snapshot('counter');
    const bad =
      frontmatter(1) +
      fence('id=counter', 'def f():\n    return 1 / 0\nf()') +
      fence('id=quiet expect=error', '1') +
      fence('id=endless timeout=1', 'while True: pass') +
      fence('id=chance', 'import random\nprint(random.random())') +
      fence('id=numpy', 'import numpy') +
      fence('id=large', 'print("x\\n" * 1000)') +
      fence('id=after-all', 'import time\ntime.sleep(6)\n"still recorded"');
    course.write(file, bad);
    const { code, output } = await record('--stale');
    course.write(file, chapter);
    expect(code).toBe(1);
    expect(output).toContain('If that is the lesson, add expect=error.');
    expect(output).toContain('ZeroDivisionError');
    expect(output).toContain('content/01-one/index.mdx:10');
    expect(output).toContain('It did not end with the error that expect=error promises.');
    expect(output).toContain('The run was ended after 1 s.');
    expect(output).toContain('✗ 01-one/chance  failed  not recorded: it is not the same twice');
    expect(output).toMatch(/01-one\/numpy  failed[^✗✓]*native="it needs numpy"/);
    expect(output).toMatch(/! 01-one\/large  large output \(\d+ KB, 1,001 lines\)/);
    expect(output).toContain('✓ 01-one/after-all  recorded');
    expect(output).toMatch(/… 7 of 7: 01-one\/after-all runs, \d+ s/);
    expect(snapshot('counter')).toEqual(before);
  });
});

describe('the command line', () => {
  it('names the chapter or the cell that was meant', async () => {
    const [ofChapter, ofCell] = await Promise.all([record('oen'), record('one/slwo')]);
    expect(ofChapter).toMatchObject({ code: 2, output: expect.stringContaining('Did you mean “one”?') as string });
    expect(ofCell).toMatchObject({ code: 2, output: expect.stringContaining('Did you mean “slow”?') as string });
  });
});
