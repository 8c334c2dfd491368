/** A teacher's notebook becomes a chapter: with its cells, outputs and images, and with a remark for all that has no place there. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCourse } from '../../../src/chapters/check-course.ts';
import { formatFaults } from '../../../src/chapters/content-fault.ts';
import { readSnapshot, snapshotIds, writeSnapshot } from '../../../src/chapters/snapshots.ts';
import { takeAwayFile } from '../../../src/notebooks/export/take-away.ts';
import { NotebookError } from '../../../src/notebooks/import/read-notebook.ts';
import { toChapter, type MadeChapter } from '../../../src/notebooks/import/to-chapter.ts';
import { courseOnDisk } from '../chapters/course-on-disk.ts';
import { courseToTakeAway, folder as original } from './support/chapter.ts';
import { askJupyter, nbformat } from './support/nbformat.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const make = (text: string | Uint8Array, beside = '/nowhere'): MadeChapter =>
  toChapter(typeof text === 'string' ? new TextEncoder().encode(text) : text, {
    beside,
    name: 'lesson',
    folder: '01-lesson',
    slug: 'lesson',
    order: 1,
    module: 1,
    glossary: [{ id: 'generator', term: 'generator', also: [], definition: 'It can pause.', see: undefined, line: 1 }],
    today: '2026-11-30',
  });

type Cell = Readonly<Record<string, unknown>>;
const notebook = (...cells: readonly unknown[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 4,
    metadata: { language_info: { name: 'python', version: '3.12.1' } },
    cells,
  });
const markdown = (source: unknown, more: Cell = {}): Cell => ({ cell_type: 'markdown', metadata: {}, source, ...more });
const code = (source: unknown, outputs: readonly unknown[] = [], more: Cell = {}): Cell => ({
  cell_type: 'code',
  metadata: {},
  execution_count: 1,
  source,
  outputs,
  ...more,
});

const index = (made: MadeChapter): string => String(made.files.get('index.mdx'));
const remarks = (made: MadeChapter): readonly string[] =>
  made.remarks.map(({ cell, what }) => `${cell ?? '-'}: ${what}`);

/** What `npm run check` says of a course with this chapter alone. */
function check(made: MadeChapter): string {
  using course = courseOnDisk({});
  for (const [name, content] of made.files) {
    const file = join(course.root, 'content/01-lesson', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  course.write('content/glossary.yaml', '- term: generator\n  definition: It can pause.\n');
  for (const snapshot of made.snapshots) writeSnapshot(course.root, '01-lesson', snapshot);
  return formatFaults(checkCourse(course.root).faults);
}

describe('a notebook', () => {
  const made = make(
    notebook(
      markdown('# My *lesson*\n\nWhat it is about.\n\n## Braces {and} 1 < 2\n\nSee [above](#Braces-{and}-1-%3C-2).'),
      code('x = 1\nprint(x)', [{ output_type: 'stream', name: 'stdout', text: ['1\n'] }]),
      code(
        ['x\n', '+ 1'],
        [{ output_type: 'execute_result', execution_count: 2, metadata: {}, data: { 'text/plain': ['1'] } }],
      ),
      code('1 / 0', [
        {
          output_type: 'error',
          ename: 'ZeroDivisionError',
          evalue: 'division by zero',
          traceback: ['Traceback', 'ZeroDivisionError'],
        },
      ]),
      markdown('![A dot](attachment:../../dot.png)', { attachments: { '../../dot.png': { 'image/png': png } } }),
      code('plot()', [
        { output_type: 'display_data', metadata: {}, data: { 'image/png': png, 'text/plain': '<Figure>' } },
      ]),
    ),
  );

  it('gives a chapter in which the check finds no fault', () => {
    expect(check(made)).toBe('');
  });

  it('gives its title, summary and text, with what MDX would read escaped', () => {
    expect(index(made)).toMatch(/^---\ntitle: My lesson\nsummary: What it is about\.\norder: 1\nmodule: 1\n/);
    expect(index(made)).toContain('## Braces \\{and\\} 1 \\< 2 {#braces-and-1-2}\n\nSee [above](#braces-and-1-2).');
  });

  it('gives its cells, each continuing the one above it', () => {
    expect(index(made)).toContain('```python run id=cell-2\nx = 1\nprint(x)\n```');
    expect(index(made)).toContain('```python run id=cell-3 after=cell-2\nx\n+ 1\n```');
    expect(index(made)).toContain('```python run id=cell-4 after=cell-3 expect=error\n1 / 0\n```');
  });

  it('gives what they printed, and says that it was taken over', () => {
    const [printed, shown, failed] = made.snapshots;
    expect(printed).toMatchObject({ cell: 'cell-2', events: [{ type: 'stdout', text: '1\n' }] });
    expect(printed?.producer).toEqual({ kind: 'notebook', python: '3.12.1' });
    expect(shown?.events).toEqual([{ type: 'result', at: 0, text: '1' }]);
    expect(failed?.events[0]).toMatchObject({ name: 'ZeroDivisionError', traceback: 'Traceback\nZeroDivisionError\n' });
  });

  it('gives its images as files below the chapter’s folder, whatever they were called', () => {
    expect([...made.files.keys()]).toEqual(
      ['index.mdx', 'images/dot.png', 'images/cell-6.png'].filter((name) => made.files.has(name)),
    );
    expect(made.files.get('images/dot.png')).toEqual(Buffer.from(png, 'base64'));
    expect(index(made)).toContain('![A dot](./images/dot.png)');
    expect(remarks(made)).toContain('6: its image is now images/cell-6.png, and not part of its output');
  });
});

describe('nothing is dropped in silence', () => {
  it.each([
    [
      'a magic on a line',
      code('%timeit f()\nx = 1'),
      '1: %timeit f() is of IPython, and no Python: now a comment',
      '# %timeit f()\nx = 1',
    ],
    [
      'a command of the shell',
      code('!ls -l'),
      '1: !ls -l is of IPython, and no Python: the cell is a plain sample',
      '```python\n!ls -l\n```',
    ],
    [
      'another language',
      code('%%bash\nls'),
      '1: %%bash is of IPython, and no Python: the cell is a plain sample',
      '```text\n%%bash\nls\n```',
    ],
    [
      'a package that is not served',
      code('import numpy as np'),
      '1: numpy cannot be imported in a page: this cell and those after it show their output only',
      'native="it needs numpy, which this site does not serve"',
    ],
    [
      'HTML',
      markdown('<div onclick="x()">Some <b>words</b></div>'),
      '1: HTML is now its text alone: <div onclick="x()">Some <b>words</b></div>',
      'Some words',
    ],
    [
      'a script',
      markdown('before\n\n<script>alert(1)</script>\n\nafter'),
      '1: HTML is left out: <script>alert(1)</script>',
      'before\n\n\n\nafter',
    ],
    ['a comment', markdown('text <!-- to do -->'), '1: an HTML comment is left out: <!-- to do -->', 'text'],
    [
      'a formula',
      markdown('It is $a_{1} * b_1$.'),
      '1: the formula $a_{1} * b_1$ is shown as it was typed',
      'It is `$a_{1} * b_1$`.',
    ],
    [
      'a link to a file',
      markdown('See [it](other.ipynb).'),
      '1: the link to other.ipynb is now its text alone',
      'See it.',
    ],
    [
      'a script in a link',
      markdown('See [it](javascript:alert(1)).'),
      '1: the link to javascript:alert(1) is now its text alone',
      'See it.',
    ],
    [
      'an image of another host',
      markdown('![a](https://example.org/a.png)'),
      '1: the image https://example.org/a.png is on another host: its text stands in its place',
      '*a*',
    ],
    [
      'an image outside of the folder',
      markdown('![a](../../etc/passwd)'),
      '1: the image ../../etc/passwd is not beside the notebook: its text stands in its place',
      '*a*',
    ],
    [
      'an attachment that is missing',
      markdown('![a](attachment:b.png)'),
      '1: the image attachment:b.png is no attachment of its cell: its text stands in its place',
      '*a*',
    ],
    [
      'an attachment of garbage',
      markdown('![a](attachment:b.png)', { attachments: { 'b.png': { 'image/png': '////' } } }),
      '1: the image attachment:b.png does not begin as image/png does: its text stands in its place',
      '*a*',
    ],
    [
      'a raw cell',
      { cell_type: 'raw', metadata: {}, source: '{raw}' },
      '1: a raw cell is shown as plain text',
      '```text\n{raw}\n```',
    ],
    [
      'a cell of an unknown type',
      { cell_type: 'video', metadata: {}, source: 'film' },
      '1: a cell of the unknown type "video": shown as plain text',
      'film',
    ],
    [
      'an output of rich types',
      code('df', [
        { output_type: 'display_data', metadata: {}, data: { 'text/html': '<script>x</script>', 'text/plain': 'df' } },
      ]),
      '1: its output as text/html is left out; its text is kept',
      '```python run id=cell-1\ndf\n```',
    ],
    [
      'a cell that was not run',
      code('x = 1', [], { execution_count: null }),
      '1: it was not run in the notebook',
      'x = 1',
    ],
    [
      'a huge output',
      code('x', [{ output_type: 'stream', name: 'stdout', text: 'y'.repeat(3_000_000) }]),
      '1: its output has 3000000 characters: the first 100000 are kept',
      'x',
    ],
    ['JavaScript in a text', markdown('import os from "fs"\n\nexport const a = 1'), undefined, '&#105;mport os'],
    ['an empty cell', code(' '), '1: it is empty: left out', ''],
  ])('%s', (_, cell, remark, shown) => {
    const made = make(notebook(cell, markdown('A paragraph.')));
    if (remark !== undefined) expect(remarks(made)).toContain(remark);
    expect(index(made)).toContain(shown);
    const faults = check(made);
    expect(
      remark?.endsWith('was not run in the notebook') === true
        ? faults.includes('has no recorded output')
        : faults === '',
      faults,
    ).toBe(true);
  });

  it.each([
    ['no cell', 42, '1: 42 stands in place of a cell: left out'],
    ['no source', { cell_type: 'code', outputs: [] }, '1: it has no source, or one that is no text: left out'],
    ['outputs that are no list', code('x', 7 as unknown as unknown[]), '1: its outputs are no list: left out'],
    ['an output that is none', code('x', ['y']), '1: output 1 is no output of nbformat: left out'],
    [
      'an output of an unknown type',
      code('x', [{ output_type: 'smell' }]),
      '1: an output of the unknown type "smell" is left out',
    ],
    [
      'an output that lacks its text',
      code('x', [{ output_type: 'stream', name: 'stdout' }]),
      '1: an output of type stream lacks what it should have: left out',
    ],
  ])('a broken cell does not take the others with it: %s', (_, cell, remark) => {
    const made = make(notebook(cell, markdown('A paragraph.')));
    expect(remarks(made)).toContain(remark);
    expect(index(made)).toContain('A paragraph.');
    expect(check(made)).toBe('');
  });

  it('a notebook in another language shows its code', () => {
    const made = make(
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: { kernelspec: { language: 'R', name: 'ir' } },
        cells: [code('x <- 1')],
      }),
    );
    expect(remarks(made)).toContain('1: it is in r: a plain sample');
    expect(index(made)).toContain('```text\nx <- 1\n```');
    expect(check(made)).toBe('');
  });
});

describe('what is no notebook is told with its mend', () => {
  it.each([
    ['garbage', new Uint8Array([0x89, 0x50, 0xff, 0]), /not text in UTF-8/],
    ['text', 'hello', /not JSON: .+/],
    ['half a notebook', notebook(markdown('x')).slice(0, 40), /not JSON: .+/],
    ['other JSON', '[1]', /JSON, and no notebook/],
    ['an object without a version', '{"cells": []}', /does not say its nbformat/],
    ['nbformat 3', '{"nbformat": 3, "worksheets": []}', /of nbformat 3, and 4 is read/],
    ['nbformat 5', '{"nbformat": 5, "cells": []}', /of nbformat 5, which is newer/],
    ['a version that is a word', '{"nbformat": "4", "cells": []}', /its nbformat is "4"/],
    ['no cells', '{"nbformat": 4}', /no list of cells/],
    ['nothing in the cells', '{"nbformat": 4, "cells": []}', /nothing is in its cells/],
  ])('%s', (_, text, what) => {
    let told: unknown;
    try {
      make(text);
    } catch (error) {
      told = error;
    }
    expect(told).toBeInstanceOf(NotebookError);
    const { message, mend } = told as NotebookError;
    expect(message).toMatch(what);
    expect(mend).toMatch(/\S/);
  });
});

describe('a chapter that was taken away', () => {
  const path = `all-kinds/${original}.ipynb`;
  const withoutHead = (text: string): string =>
    text
      .replace(/^---\n.*?\n---\n/s, '')
      .replace(/\n{2,}/g, '\n\n')
      .trim();

  it('comes back with its text, its drawings and what was recorded, character for character', () => {
    using course = courseToTakeAway();
    const made = make(String(takeAwayFile(course.root, path)));
    const file = (name: string) => readFileSync(join(course.root, 'content', original, name), 'utf8');
    expect(withoutHead(index(made))).toBe(withoutHead(file('index.mdx')));
    expect(made.files.get('figures/box.svg')).toBe(file('figures/box.svg'));
    expect(made.snapshots).toHaveLength(snapshotIds(course.root, original).length);
    for (const snapshot of made.snapshots)
      expect({ state: 'present', snapshot }).toEqual(readSnapshot(course.root, original, snapshot.cell));
    expect(remarks(made)).toEqual(['-: the exercise classify has to be judged here']);
  });

  it('comes back with a change that was made in Jupyter, and the rest as it was', () => {
    using course = courseToTakeAway();
    const text = String(takeAwayFile(course.root, path)).replace('"total = 1\\n"', '"total = 2\\n"');
    const made = make(text);
    expect(index(made)).toContain('```python run id=begin\ntotal = 2\ntotal\n```');
    expect(index(made)).toContain('<Aside type="tip" title="Mind this">');
    expect(made.remarks.find(({ what }) => what.startsWith('it was changed'))).toBeDefined();
    const changed = made.snapshots.find(({ cell }) => cell === 'begin');
    expect(changed?.producer).toEqual({ kind: 'notebook', python: '3.14.2' });
  });

  it.each([
    ['an import', "import fs from 'node:fs';\n\nText"],
    ['an export', 'export const x = process.exit();\n\nText'],
    ['an expression', 'Text {process.exit()}'],
    ['an expression in an attribute', '<Aside title={process.exit()}>\n\nText\n\n</Aside>'],
    ['a script', '<script>alert(1)</script>'],
    ['an attribute that acts', '<a onclick="alert(1)">Text</a>'],
  ])('is not taken from a notebook that carries %s', async (_, mdx) => {
    const { fingerprint } = await import('../../../src/notebooks/fingerprint.ts');
    const cell = { cell_type: 'markdown', source: 'Text' };
    const written = { mdx, cells: 1, fingerprint: fingerprint([cell]) };
    const made = make(notebook({ ...cell, metadata: { course: { written } } }));
    expect(withoutHead(index(made))).toBe('Text');
    expect(made.remarks[0]?.what).toMatch(/^the text of a chapter that it carries is not taken, since /);
  });

  it('writes no file outside of the chapter’s folder', async () => {
    const { fingerprint } = await import('../../../src/notebooks/fingerprint.ts');
    const cell = { cell_type: 'markdown', source: 'Text' };
    for (const file of ['../x.svg', '/x.svg', 'a/../../x.svg', 'index.mdx', 'x.svg/..']) {
      const written = { mdx: 'Text *more*', cells: 1, fingerprint: fingerprint([cell]), files: { [file]: '<svg />' } };
      const made = make(notebook({ ...cell, metadata: { course: { written } } }));
      expect([...made.files.keys()], file).toEqual(['index.mdx']);
      expect(withoutHead(index(made)), file).toBe('Text');
    }
  });
});

describe.skipIf(nbformat === undefined)('notebooks that Jupyter’s own nbformat writes', () => {
  const program = `
import json, sys, nbformat
from nbformat.v4 import new_notebook, new_code_cell, new_markdown_cell, new_output, new_raw_cell
minor = int(sys.stdin.read())
notebook = new_notebook(metadata={"language_info": {"name": "python", "version": "3.13.0"}})
notebook.cells = [
    new_markdown_cell("# A lesson\\n\\nAbout {braces} and 1 < 2.\\n\\n| a | b |\\n|---|---|\\n| {1} | < 2 |\\n\\n    indented {code}\\n"),
    new_code_cell("print('hello')", execution_count=1, outputs=[new_output("stream", text="hello\\n")]),
    new_code_cell("1 + 1", execution_count=2, outputs=[new_output("execute_result", {"text/plain": "2"}, execution_count=2)]),
    new_raw_cell("raw"),
    new_code_cell("x = 1", execution_count=3),
]
for cell in notebook.cells:
    if minor < 5:
        del cell["id"]
notebook.nbformat_minor = minor
nbformat.validate(notebook)
print(nbformat.writes(notebook))
`;
  it.each([0, 1, 2, 3, 4, 5])('of 4.%i', (minor) => {
    const made = make(askJupyter(program, String(minor)));
    expect(check(made)).toBe('');
    expect(made.cells).toBe(3);
    expect(made.snapshots.map(({ events }) => events.map((event) => ('text' in event ? event.text : '')))).toEqual([
      ['hello\n'],
      ['2'],
      [],
    ]);
    expect(index(made)).toContain('About \\{braces\\} and 1 \\< 2.');
    expect(index(made)).toContain('```text\nindented {code}\n```');
  });
});
