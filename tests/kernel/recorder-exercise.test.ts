/** Exercises judged end to end: a course on disk, the readers' kernel in a real browser, verdicts written and held to. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontmatter } from '../unit/chapters/course-on-disk.ts';
import type { DiskCourse } from '../unit/chapters/course-on-disk.ts';
import { write } from '../unit/chapters/exercises/sample.ts';
import { courseToRun } from './course-to-run.ts';

const project = join(import.meta.dirname, '../..');
const file = 'content/01-one/index.mdx';
const good = `${frontmatter(1)}\n${write}`;
let course: DiskCourse;

async function command(script: string, ...words: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(project, script), ...words], { cwd: course.root });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: (await output).join('') };
}

const record = (...words: string[]) => command('src/recorder/main.ts', ...words);
const check = () => command('src/commands/check.ts');

beforeAll(() => {
  course = courseToRun({ [file]: good });
});

afterAll(() => {
  course[Symbol.dispose]();
});

it('a good exercise gets a verdict, which holds until something in it changes', async () => {
  expect((await check()).output).toContain(`${file}:10: the exercise “classify” was not judged`);
  course.write('content/01-one/verdicts/gone.json', '{}');
  const recorded = await record('one');
  expect(recorded.output).toContain('✓ 01-one/classify  recorded  2 checks, 2 wrong answers');
  expect(recorded.code).toBe(0);
  expect(existsSync(join(course.root, 'content/01-one/verdicts/gone.json'))).toBe(false);
  expect(await check()).toMatchObject({ code: 0 });
  expect(await record('--stale')).toMatchObject({
    code: 0,
    output: expect.stringContaining('Nothing to do.') as string,
  });
  expect((await record('--check', 'one/classify')).output).toContain('✓ 01-one/classify  unchanged');

  course.write(file, good.replace('else "mixed"', 'else  "mixed"'));
  expect((await check()).output).toContain(`${file}:10: the exercise “classify” has changed since it was judged`);
  expect((await record('--check', 'one')).output).toContain('✗ 01-one/classify  failed  verdict');

  // Which check a wrong answer is meant for is no part of what was run.
  course.write(file, good.replace('fails=test_all_computing', 'fails=test_boundary'));
  expect((await check()).output).toContain(
    'wrong answer 1 of “classify” fails first at test_all_computing, not at test_boundary',
  );
});

/** Each with an id of its own, all in one chapter: one run of the recorder judges them. */
const faulty = [
  {
    id: 'fails',
    what: 'a solution that fails',
    from: 'else "mixed"',
    to: 'else "mixt"',
    said: "The solution fails at test_boundary:\n    classify(wall=2.0, cpu=1.0)\n    actual: 'mixt'\n    expected: 'mixed'",
  },
  {
    id: 'does-not-run',
    what: 'a solution that does not run',
    from: 'return "cpu" if',
    to: 'return "cpu" when',
    said: 'The solution fails before any check',
  },
  {
    id: 'starts-right',
    what: 'a starter that passes',
    from: '    ...\n',
    to: '    return "cpu" if wall == cpu else "mixed"\n',
    said: 'The starter passes every check',
  },
  {
    id: 'wrong-is-right',
    what: 'a wrong answer that is right',
    from: 'return "io"',
    to: 'return "cpu" if wall == cpu else "mixed"',
    said: 'Wrong answer 1 (test_all_computing) passes every check.',
  },
  {
    id: 'wrong-elsewhere',
    what: 'a wrong answer that fails elsewhere',
    from: 'return "io"',
    to: 'return "cpu"',
    said: 'Wrong answer 1 (test_all_computing) fails first at test_boundary',
  },
  {
    id: 'wrong-does-not-run',
    what: 'a wrong answer that does not run',
    from: 'return "io"',
    to: 'return io)',
    said: 'Wrong answer 1 (test_all_computing) fails first before any check',
  },
];

describe('one that is not right is refused, with what happened, and writes nothing:', () => {
  const text = [good, ...faulty.map(({ id, from, to }) => write.replace('classify', id).replace(from, to))].join('\n');
  const lineOf = (id: string): number => text.slice(0, text.indexOf(`<Exercise id="${id}"`)).split('\n').length;
  let recorded: Awaited<ReturnType<typeof record>>;
  let checked: Awaited<ReturnType<typeof check>>;

  beforeAll(async () => {
    course.write(file, text);
    recorded = await record('one');
    checked = await check();
  });

  it.each(faulty)('$what', ({ id, said }) => {
    const [, told = ''] = new RegExp(`^(✗ 01-one/${id} .*(?:\\n {2}.*)*)`, 'mu').exec(recorded.output) ?? [];
    expect(told).toContain(`✗ 01-one/${id}  failed  not right\n  ${file}:${lineOf(id)}\n    ${said}`);
    expect(existsSync(join(course.root, `content/01-one/verdicts/${id}.json`))).toBe(false);
    expect(checked.output).toContain(`${file}:${lineOf(id)}: the exercise “${id}” was not judged`);
  });

  it('the others are judged all the same, and the command fails', () => {
    expect(recorded.output).toContain('✓ 01-one/classify  recorded');
    expect(recorded.code).toBe(1);
    expect(checked.code).toBe(1);
  });
});
