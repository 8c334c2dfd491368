/** Exercises judged end to end: a course on disk, the readers' kernel in a real browser, verdicts written and held to. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { courseOnDisk, frontmatter } from '../unit/chapters/course-on-disk.ts';
import type { DiskCourse } from '../unit/chapters/course-on-disk.ts';
import { write } from '../unit/chapters/exercises/sample.ts';

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
  course = courseOnDisk({ [file]: good });
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

it.each([
  [
    'a solution that fails',
    'else "mixed"',
    'else "mixt"',
    "The solution fails at test_boundary:\n    classify(wall=2.0, cpu=1.0)\n    actual: 'mixt'\n    expected: 'mixed'",
  ],
  ['a solution that does not run', 'return "cpu" if', 'return "cpu" when', 'The solution fails before any check'],
  [
    'a starter that passes',
    '    ...\n',
    '    return "cpu" if wall == cpu else "mixed"\n',
    'The starter passes every check',
  ],
  [
    'a wrong answer that is right',
    'return "io"',
    'return "cpu" if wall == cpu else "mixed"',
    'Wrong answer 1 (test_all_computing) passes every check.',
  ],
  [
    'a wrong answer that fails elsewhere',
    'return "io"',
    'return "cpu"',
    'Wrong answer 1 (test_all_computing) fails first at test_boundary',
  ],
  [
    'a wrong answer that does not run',
    'return "io"',
    'return io)',
    'Wrong answer 1 (test_all_computing) fails first before any check',
  ],
])('%s is refused, with what happened, and writes nothing', async (_name, from, to, said) => {
  course.write(file, good.replace(from, to));
  const { code, output } = await record('one/classify');
  expect(output).toContain('✗ 01-one/classify  failed  not right');
  expect(output).toContain(said);
  expect(output).toContain(`${file}:10`);
  expect(code).toBe(1);
  expect((await check()).code).toBe(1);
});
