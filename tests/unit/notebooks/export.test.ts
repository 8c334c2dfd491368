/** What a reader takes away: every cell with what was recorded of it, in Jupyter's own format, the same bytes each time. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { takeAwayFile } from '../../../src/notebooks/export/take-away.ts';
import { askJupyter, nbformat } from './support/nbformat.ts';
import { courseToTakeAway, folder } from './support/chapter.ts';

interface Written {
  readonly metadata: Record<string, unknown>;
  readonly cells: readonly {
    readonly cell_type: string;
    readonly id: string;
    readonly source: readonly string[];
    readonly metadata: Record<string, unknown>;
    readonly outputs?: readonly Record<string, unknown>[];
  }[];
}

const course = courseToTakeAway();
afterAll(() => {
  course[Symbol.dispose]();
});

const asText = (bytes: string | Uint8Array | undefined): string =>
  typeof bytes === 'string' ? bytes : strFromU8(bytes ?? new Uint8Array());
const text = asText(takeAwayFile(course.root, `all-kinds/${folder}.ipynb`));
const notebook = JSON.parse(text) as Written;
const cell = (id: string) => notebook.cells.find((one) => one.id === id);
const source = (id: string) => cell(id)?.source.join('');
const prose = notebook.cells
  .filter(({ cell_type }) => cell_type === 'markdown')
  .map(({ source }) => source.join(''))
  .join('\n\n');
const unzip = (path: string) => {
  const bytes = takeAwayFile(course.root, path);
  return Object.entries(unzipSync(bytes as Uint8Array)).map(([name, one]) => [name, strFromU8(one)] as const);
};
const programs = new Map(unzip(`all-kinds/${folder}-python.zip`));

describe('a notebook', () => {
  it('has the cells in their order, with the code as it was written', () => {
    const ids = notebook.cells.filter(({ cell_type }) => cell_type === 'code').map(({ id }) => id);
    expect(ids.slice(0, 6)).toEqual(['begin', 'go-on', 'fails', 'ask', 'ask-run', 'inside']);
    expect(source('begin')).toBe('total = 1\ntotal');
    expect(cell('go-on')?.metadata['course']).toMatchObject({
      id: 'go-on',
      options: 'run id=go-on after=begin timeline',
    });
  });

  it('has what was recorded, and when and by what', () => {
    expect(cell('begin')?.outputs).toEqual([
      { data: { 'text/plain': ['1'] }, execution_count: 1, metadata: {}, output_type: 'execute_result' },
    ]);
    expect(cell('go-on')?.outputs).toEqual([
      { name: 'stdout', output_type: 'stream', text: ['é 😀 1\n'] },
      { name: 'stderr', output_type: 'stream', text: ['warned\n'] },
    ]);
    expect(cell('fails')?.outputs?.[0]).toMatchObject({ ename: 'ZeroDivisionError', output_type: 'error' });
    expect(cell('begin')?.metadata['course']).toMatchObject({
      run: { recorded: '2026-11-22T10:00:00Z', producer: { kind: 'browser', python: '3.14.2' }, at: [0.001] },
    });
  });

  it('goes on behind a cell that is meant to fail', () => {
    expect(cell('fails')?.metadata['tags']).toEqual(['raises-exception']);
  });

  it('writes a program to its own file, and runs it from there with the input that it was recorded with', () => {
    expect(source('ask')).toBe('%%writefile ask.py\nprint("Hello", input())\nraise SystemExit(3)');
    expect(source('ask-run')).toContain('write_text("Ada\\n")\n!"{sys.executable}" ask.py < ask.stdin');
    expect(cell('ask-run')?.outputs?.map(({ output_type }) => output_type)).toEqual(['stream', 'display_data']);
    expect(prose).toContain(
      '*On the course’s page its clocks run 10 times as fast; here it takes as long as it says.*',
    );
  });

  it('has the prose as Markdown that no longer asks for MDX', () => {
    expect(prose).toContain('A *first* paragraph with a generator, [`len`](https://docs.python.org/');
    expect(prose).toContain(
      'See [the program](#A-program), [the other chapter](02-second.ipynb#Over-there) and the glossary.',
    );
    expect(prose).toContain('> **Tip: Mind this**\n>\n> Prose, and a cell:');
    expect(prose).not.toMatch(/<(?:Aside|Term|Api|Figure|Exercise|Choice)|\{#|^import /m);
  });

  it('has its drawings in it', () => {
    const image = /!\[A box \\\[closed\\\]\.\]\(data:image\/svg\+xml;base64,([^)]+)\)/.exec(prose)?.[1] ?? '';
    const svg = Buffer.from(image, 'base64').toString();
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 9 9" width="9"><style>svg\{/);
    expect(svg).toContain('.fig-box {');
    expect(svg).not.toContain('light-dark(');
  });

  it('has the exercises, with their answers folded away', () => {
    expect(source('classify')).toMatch(/^%%writefile classify\.py\ndef classify/);
    expect(source('classify_checks-run')).toContain('classify_checks.py');
    expect(prose).toContain('<details>\n<summary>Solution</summary>');
    expect(prose).toContain('<details>\n<summary>Hint 1</summary>');
    expect(prose).toContain('<details>\n<summary>Answer</summary>');
    expect(prose).toContain('<details>\n<summary>The right order</summary>');
  });

  it('hides an output that a reader is to predict', () => {
    const hidden = notebook.cells.filter(({ metadata }) => metadata['collapsed'] === true);
    expect(hidden.map(({ metadata }) => metadata['jupyter'])).toEqual([{ outputs_hidden: true }]);
  });

  it.skipIf(nbformat === undefined)('is valid for Jupyter, which would write the same bytes', () => {
    const program = [
      'import sys, warnings, nbformat',
      'warnings.simplefilter("error")',
      'text = sys.stdin.read()',
      'notebook = nbformat.reads(text, 4)',
      'nbformat.validate(notebook)',
      'print(nbformat.writes(notebook) + "\\n" == text)',
    ].join('\n');
    expect(askJupyter(program, text)).toBe('True\n');
  });
});

describe('the Python files', () => {
  it('hold each cell behind those that it continues', () => {
    const file = programs.get('go-on.py') ?? '';
    expect(file.indexOf('# %% begin\ntotal = 1')).toBeGreaterThan(0);
    expect(file.indexOf('# %% go-on\nprint(')).toBeGreaterThan(file.indexOf('# %% begin'));
    expect(programs.get('ask.py')).toMatch(/\n\nprint\("Hello", input\(\)\)\nraise SystemExit\(3\)\n$/);
  });

  /** Runs files in a folder of their own; the Python of this machine may be older than the course's. */
  const run = (file: string, files: Readonly<Record<string, string>>): { code: number; out: string } => {
    const place = mkdtempSync(join(tmpdir(), 'programs-'));
    try {
      for (const [name, content] of Object.entries(files)) writeFileSync(join(place, name), content);
      try {
        return { code: 0, out: execFileSync('python3', [file], { cwd: place, encoding: 'utf8' }) };
      } catch (error) {
        const { status, stdout } = error as { status: number; stdout: string };
        return { code: status, out: stdout };
      }
    } finally {
      rmSync(place, { recursive: true });
    }
  };

  it.skipIf(nbformat === undefined)('check an exercise: the starter is not yet right, the solution is', () => {
    const checks = { 'classify_checks.py': programs.get('classify_checks.py') ?? '' };
    const starter = run('classify_checks.py', { ...checks, 'classify.py': programs.get('classify.py') ?? '' });
    expect(starter).toMatchObject({ code: 1 });
    expect(starter.out).toContain('not yet: A run that computes all the time is "cpu".');
    const solved = run('classify_checks.py', { ...checks, 'classify.py': programs.get('classify_solution.py') ?? '' });
    expect(solved.code, solved.out).toBe(0);
    expect(solved.out.match(/^passed:/gm)).toHaveLength(2);
  });
});

describe('the archive of the course', () => {
  it('has all notebooks and all Python files', () => {
    const names = unzip('take-away/course.zip').map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'README.txt',
        `notebooks/${folder}.ipynb`,
        'notebooks/02-second.ipynb',
        `python/${folder}/ask.py`,
      ]),
    );
  });

  it('has the same bytes at every build, whatever the zone of time', () => {
    const program = `import { takeAwayFile } from ${JSON.stringify(join(process.cwd(), 'src/notebooks/export/take-away.ts'))};
      process.stdout.write(Buffer.from(takeAwayFile(${JSON.stringify(course.root)}, 'take-away/course.zip')).toString('base64'));`;
    const [first, ...others] = ['UTC', 'Asia/Kathmandu', 'America/St_Johns'].map((TZ) =>
      execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
        env: { ...process.env, TZ },
      }),
    );
    expect(first?.length).toBeGreaterThan(1000);
    for (const other of others) expect(other).toBe(first);
  });
});

it('says nothing of the machine that built it', () => {
  expect(text).not.toContain(course.root);
});
