/** What would lose or mislead an author at the end of a build, or silently, is a fault of the check, with its line and mend. */
import { describe, expect, it } from 'vitest';
import { checkCourse } from '../../../src/chapters/check-course.ts';
import { formatFaults } from '../../../src/chapters/content-fault.ts';
import { courseOnDisk, frontmatter } from './course-on-disk.ts';
import { choose } from './exercises/sample.ts';

const file = 'content/01-one/index.mdx';

/** Of a course of one chapter: the faults as a terminal shows them. */
function told(chapter: string, others: Readonly<Record<string, string>> = {}): string {
  using course = courseOnDisk({ [file]: chapter, ...others });
  return formatFaults(checkCourse(course.root).faults);
}
const body = (text: string, others: Readonly<Record<string, string>> = {}): string =>
  told(`${frontmatter(1)}\n${text}\n`, others);
const glossary = (text: string): string => body('## A {#a}', { 'content/glossary.yaml': text });

describe('a brace in prose', () => {
  it('is a fault, because MDX computes what stands in it and shows the result', () => {
    expect(body('We have a set {1, 2} here.')).toBe(
      `${file}:10: “{1, 2}” in prose is an expression of MDX: its braces are not shown\n` +
        '    Write \\{1, 2} for the braces themselves, or put it between backticks.',
    );
    expect(body('## A {name} {#a}')).toContain(':10: “{name}” in prose');
    expect(body('{x}')).toContain(':10: “{x}” in prose');
    expect(body('a\nb {\n1\n} c')).toContain(':11: “{ 1 }” in prose');
  });

  it('is none in a comment, in code, with a backslash, or around what the chapter imports', () => {
    expect(body('{/* note to self */} `{1, 2}` \\{1, 2} {"{"}\n\n{/* a\nb */}\n\n```python\n{1, 2}\n```')).toBe('');
    expect(body('export const year = 2026;\n\nIn {year}.')).toBe('');
  });
});

describe('an expression in a prop', () => {
  it('names only what the chapter has', () => {
    expect(body('<Aside title={soon}>x</Aside>')).toContain(
      ':10: “{soon}” in title= names what the chapter does not have',
    );
    expect(
      body('export const soon = "s";\n\n<Aside title={soon}>x</Aside> <Details summary="s" open={true}>x</Details>'),
    ).toBe('');
  });
});

describe('headings', () => {
  it('go down one level at a time', () => {
    expect(body('## A {#a}\n\n#### B {#b}')).toContain(
      `${file}:12: the heading “B” is of level 4 and stands below one of level 2\n    Write ### B`,
    );
    expect(body('### A {#a}')).toContain(':10: the heading “A” is of level 3 and stands below the title of the page');
    expect(body('## A {#a}\n\n### B {#b}\n\n#### C {#c}\n\n## D {#d}')).toBe('');
  });

  it('leave the ids to the page that it has itself', () => {
    expect(body('## Main {#main}')).toContain(':10: the id “main” is the page’s own');
  });
});

describe('the beginning of a file', () => {
  it('may not be a byte order mark, and nothing else is told because of one', () => {
    expect(told(`\uFEFF${frontmatter(1)}\n## A {#a}\n`)).toBe(
      `${file}:1: the file begins with a byte order mark\n    Save it as UTF-8 without one (“UTF-8”, not “UTF-8 with BOM”).`,
    );
  });

  it('is a frontmatter that is closed', () => {
    const open = frontmatter(1).replace(/---\n$/, '');
    const said = `${file}:1: the frontmatter is not closed\n    Write a line --- before line 8, after the last key.`;
    expect(told(`${open}\n## A {#a}\n\nText with {braces}.\n`)).toBe(said);
    expect(told(`${open}\n## A {#a}\n\nText.\n\n---\n\nMore.\n`)).toBe(said);
    expect(told(open)).toBe(said);
  });
});

describe('a fence that is not closed', () => {
  const records = { 'content/01-one/snapshots/b.json': '{}', 'content/01-one/verdicts/c.json': '{}' };
  it.each([
    ['before the next', '```python run id=a\n1\n\n## A {#a}\n\n```python run id=b\n2\n```'],
    ['at the end', '```python run id=a\n1\n\n## A {#a}\n\nText.'],
    ['in a quotation', '> ```python\n> 1\n>\n> text'],
    ['inside a component', '<Aside>\n```python run id=a\n1\n</Aside>'],
  ])('%s is told alone, and no recording is said to be superfluous', (_where, text) => {
    const line = text.startsWith('<') ? 11 : 10;
    const said = body(text, records);
    expect(said).toContain(`${file}:${line}: the fence that opens here is not closed`);
    expect(said).not.toMatch(/delete|record/i);
    expect(said.split('\n').length).toBe(2);
  });

  it('is not one that shows fences, or holds a shorter one', () => {
    expect(body('````text\n```python run id=a\n1\n```\n````\n\n~~~text\n```python\n~~~')).toBe('');
  });
});

describe('the glossary', () => {
  it('has one fault for a tab, with the line of the tab', () => {
    expect(glossary('- term: a\n\tdefinition: x\n- term: b\n  definition: y\n')).toBe(
      'content/glossary.yaml:2: a tab at the beginning of a line, where YAML takes only spaces\n    Put two spaces in its place.',
    );
  });

  it('has one fault for other broken YAML', () => {
    expect(glossary('- term: a\n  definition: x: y\n- term: [\n').split('\n').length).toBe(2);
  });

  it('says where the course explains a term by a section that is there', () => {
    const entries = ['one#nope', 'two', 'one#a', 'one'].map(
      (see, at) => `- term: t${at}\n  definition: x\n  see: ${see}\n`,
    );
    expect(glossary(entries.join(''))).toBe(
      'content/glossary.yaml:1: “t0” is explained at one#nope, and content/01-one/index.mdx has no such anchor\n' +
        '    Name a heading of the chapter, as in one#a, or leave see: out.\n' +
        'content/glossary.yaml:4: “t1” is explained at two, and there is no such chapter\n' +
        '    The chapters are one. Name one of them, or leave see: out.',
    );
  });
});

describe('what the policy of a page forbids', () => {
  it('is told of the chapter and of its drawings', () => {
    const drawing = '<svg viewBox="0 0 1 1">\n<!-- style="ok" -->\n<rect style="fill:red" onclick="x()"/></svg>\n';
    const said = body(
      'import Drawing from \'./figures/d.svg\';\n\n<Drawing />\n\n<p style="color:red">a</p> [x](javascript:alert)',
      { 'content/01-one/figures/d.svg': drawing },
    );
    expect(said).toContain('content/01-one/figures/d.svg:3: style= in a drawing');
    expect(said).toContain('content/01-one/figures/d.svg:3: onclick= in a drawing');
    expect(said).toContain(`${file}:14: style= on <p>`);
    expect(said).toContain(`${file}:14: the link javascript:alert`);
    expect(said.match(/:\d+: /g)?.length).toBe(4);
  });

  it('leaves ids to one place of the page, also those in drawings', () => {
    const drawing = '<svg viewBox="0 0 1 1"><g id="a"/></svg>';
    expect(
      body("import Drawing from './d.svg';\n\n## A {#a}\n\n<Drawing />", { 'content/01-one/d.svg': drawing }),
    ).toContain('content/01-one/d.svg:1: the id “a” is already in content/01-one/index.mdx');
  });
});

describe('an address that the site has itself', () => {
  it.each([
    ['guide', { 'src/pages/guide.astro': '' }],
    ['runtime', {}],
    ['pagefind', {}],
  ])('is none for a chapter, whose page would be lost: /%s/', (slug, others) => {
    using course = courseOnDisk({ [`content/01-${slug}/index.mdx`]: frontmatter(1), ...others });
    expect(formatFaults(checkCourse(course.root).faults)).toBe(
      `content/01-${slug}/index.mdx:1: the address /${slug}/ is the site’s own\n    Rename the folder: its name behind the number is the address.`,
    );
  });
});

describe('the guide', () => {
  it('has no exercises', () => {
    const said = body('', { 'content/guide.mdx': `## A {#a}\n\n${choose}` });
    expect(said).toContain('content/guide.mdx:3: an exercise outside a chapter');
  });
});

describe('what a chapter names', () => {
  it('is there: imports, languages of fences, anchors of the glossary and the guide', () => {
    const others = {
      'content/glossary.yaml': '- term: cancel scope\n  definition: x\n',
      'content/guide.mdx': '## Read {#read}\n\n[x](/nowhere/)\n',
      'src/pages/glossary.astro': '',
      'src/pages/guide.astro': '',
    };
    const links = '[1](/glossary/#cancel-scope) [2](/glossary/#cancel) [3](/guide/#read) [4](/guide/#raed)';
    const said = body(`import D from './gone.svg';\n\n${links}\n\n\`\`\`klingon\nx\n\`\`\``, others);
    expect(said).toContain(`${file}:10: the import ./gone.svg does not exist`);
    expect(said).toContain(`${file}:12: the link /glossary/#cancel leads to no anchor of /glossary/`);
    expect(said).toContain(
      `${file}:12: the link /guide/#raed leads to no anchor of content/guide.mdx\n    Did you mean “read”?`,
    );
    expect(said).toContain(`${file}:14: a fence in “klingon”, which nothing here can highlight`);
    expect(said).toContain('content/guide.mdx:3: the link /nowhere/ leads nowhere');
    expect(said.match(/:\d+: /g)?.length).toBe(5);
  });

  it('is there: anchors of the indexes that are made of the course, and of its syllabus', () => {
    const entry = '{ id: B3.1, text: One, at: [one#a] }';
    const others = {
      'content/syllabus.yaml': `lead: Why.\nparts: [{ id: outline, title: The outline, entries: [${entry}] }]\n`,
      'src/pages/api.astro': '',
      'src/pages/errors.astro': '',
    };
    const cell = '```python run id=c\nimport re\nre.match("", "")\n```';
    const links = [
      '/api/#re',
      '/api/#er',
      '/errors/#typeerror',
      '/syllabus/#b3-1',
      '/syllabus/#outline',
      '/syllabus/#b3',
    ];
    const text = `## A {#a}\n\n${cell}\n\n${links.map((link) => `[x](${link})`).join(' ')}`;
    const said = told(`${frontmatter(1).replace('module', 'covers: [B3.1]\nmodule')}\n${text}\n`, others);
    const dead = [...said.matchAll(/:(\d+): the link (\S+) leads to no anchor of (\S+)/g)].map((found) =>
      found.slice(1),
    );
    expect(dead).toEqual([
      ['18', '/api/#er', '/api/'],
      ['18', '/errors/#typeerror', '/errors/'],
      ['18', '/syllabus/#b3', '/syllabus/'],
    ]);
  });
});
