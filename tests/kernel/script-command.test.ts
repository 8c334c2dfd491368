/** Programs from a terminal: `npm run python` with its arguments, mounts and exit code, and a recorded cell that is a program. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Snapshot } from '../../src/protocol/snapshot.ts';
import { frontmatter } from '../unit/chapters/course-on-disk.ts';
import type { DiskCourse } from '../unit/chapters/course-on-disk.ts';
import { courseToRun } from './course-to-run.ts';

const project = join(import.meta.dirname, '../..');
let course: DiskCourse;
beforeAll(() => {
  const cell = '\n```python run id=program script name=program.py\nprint(__name__)\nimport sys\nsys.exit(0)\n```\n';
  course = courseToRun({
    'content/01-one/index.mdx': frontmatter(1) + cell,
    'tool/main.py': 'import sys\nprint(sys.argv, "/data" in sys.path)\nprint(open("/data/in/x").read())\nsys.exit(3)',
    'tool/ctrl-c.py': 'raise KeyboardInterrupt',
    'tool/adds.py': 'import sys\nprint(sys.stdin.isatty(), int(input("n? ")) + 1, [sys.stdin.read()])',
    'tool/waits.py': 'try: input("waits\\n")\nexcept KeyboardInterrupt: print("stopped"); raise',
    'data/in/x': 'mounted',
  });
});
afterAll(() => {
  course[Symbol.dispose]();
});

const start = (script: string, ...words: string[]) =>
  spawn(process.execPath, [join(project, script), ...words], { cwd: course.root });

async function command(script: string, ...words: string[]) {
  return result(start(script, ...words));
}

async function result(child: ReturnType<typeof start>) {
  const streams = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await streams;
  return { code, stdout, stderr };
}

const python = (...words: string[]) => command('src/recorder/python.ts', ...words);

it('runs a file with its arguments and mounted files; its exit code is the command’s', async () => {
  expect(await python('--mount', 'data:/data', 'tool/main.py', '--name', 'b')).toEqual({
    code: 3,
    stdout: "['main.py', '--name', 'b'] False\nmounted\n",
    stderr: '',
  });
});

it('gives a program what is piped in, to the last character', async () => {
  const child = start('src/recorder/python.ts', 'tool/adds.py');
  child.stdin.end('3\nrest');
  expect(await result(child)).toEqual({ code: 0, stdout: "n? False 4 ['rest']\n", stderr: '' });
});

it('raises KeyboardInterrupt at Ctrl+C, also while the program waits for input', async () => {
  const child = start('src/recorder/python.ts', 'tool/waits.py');
  child.stdout.once('data', () => child.kill('SIGINT'));
  const { code, stdout, stderr } = await result(child);
  expect(stdout).toBe('waits\nstopped\n');
  expect(stderr).toMatch(/KeyboardInterrupt\n$/);
  expect(code).toBe(130);
});

it('ends a program that is interrupted as a shell tells it', async () => {
  const { code, stderr } = await python('--script', 'tool/ctrl-c.py');
  expect(code).toBe(130);
  expect(stderr).toMatch(/^Traceback[^]*KeyboardInterrupt\n$/);
});

it('records a cell that is a program, and finds it unchanged', async () => {
  expect(await command('src/recorder/main.ts')).toMatchObject({ code: 0 });
  const file = join(course.root, 'content/01-one/snapshots/program.json');
  const { events } = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  expect(events).toMatchObject([
    { type: 'stdout', text: '__main__\n' },
    { type: 'exit', code: 0 },
  ]);
  const { stdout } = await command('src/recorder/main.ts', '--check');
  expect(stdout).toContain('unchanged: 1');
});
