/** What is read from a chapter, and the line that each fault names. */
import { describe, expect, it } from 'vitest';
import { formatFaults } from '../../../src/chapters/content-fault.ts';
import { readChapter } from '../../../src/chapters/read-chapter.ts';

const head = `---
title: Generators
summary: How they work.
order: 2
module: 1
outcomes: [Explain them]
updated: 2026-11-22
---
`;
const place = { folder: '02-x', slug: 'x', file: 'content/02-x/index.mdx' };
const read = (body: string, front = head) => readChapter(place, front + body);
const told = (body: string, front = head): string => formatFaults(read(body, front).faults);

describe('a chapter', () => {
  it('gives its cells, headings, links and images with their lines', () => {
    const chapter = read(`
## What \`for\` does {#for-by-hand}

<Aside>
See [there](/y/#z) and ![a graph](./g.svg).

\`\`\`python run id=one
x = 1
\`\`\`
</Aside>

- item

  \`\`\`python run id=two after=one
  if x:
      print(x)
  \`\`\`

\`\`\`python
plain
\`\`\`
`);
    expect(chapter.faults).toEqual([]);
    expect(chapter.frontmatter).toMatchObject({
      title: 'Generators',
      covers: [],
      updated: new Date('2026-11-22T00:00:00Z'),
    });
    expect(chapter.headings).toEqual([{ id: 'for-by-hand', depth: 2, text: 'What for does', line: 10 }]);
    expect(chapter.cells.map(({ cell, line }) => [cell.id, cell.source, line])).toEqual([
      ['one', 'x = 1', 15],
      ['two', 'if x:\n    print(x)', 22],
    ]);
    expect(chapter.links).toEqual([{ url: '/y/#z', line: 13 }]);
    expect(chapter.images).toEqual([{ url: './g.svg', line: 13 }]);
    expect([...chapter.anchors]).toEqual(['for-by-hand', 'one', 'two']);
  });

  it.each([
    ['\n## Twice {#a}\n\n## Twice {#a}\n', '12: the id “a” is already on line 10'],
    ['\n```python run id=a\n1\n```\n\n## A {#a}\n', '14: the id “a” is already on line 10'],
    ['\n## No id\n', '10: the heading “No id” has no id\n    Write ## No id {#no-id}'],
    ['\n# Top {#top}\n', '10: a heading of the first level'],
    ['\n![](x.svg)\n', '10: the image x.svg has no text alternative'],
    ['\n<img src="x.svg" />\n', '10: the image x.svg has no text alternative'],
    ['\n<Aside>\n\ntext\n', '10: not valid MDX at column 1: Expected a closing tag for `<Aside>`'],
    ["\nimport x fro './y'\n", '10: not valid MDX at column 10'],
    ['\n```js run id=a\n1\n```\n', '10: a cell in “js”'],
    ['\n```python id=a\n1\n```\n', '10: a fence with cell options that does not begin with run'],
    ['\n```python run id=a wat\n1\n```\n', '10: unknown cell option “wat”'],
  ])('tells the fault in %j with its line', (body, said) => {
    expect(told(body)).toContain(`content/02-x/index.mdx:${said}`);
  });

  it('reads a pattern as it was typed, though Markdown would resolve its escapes', () => {
    const [cell] = read(
      '- item\n\n  ```python run id=a compare=shape shape="\\d\\.\\d \\"&amp;\\""\n  1\n  ```\n',
    ).cells;
    expect(cell?.cell.options.compare).toEqual({ kind: 'shape', pattern: '\\d\\.\\d "&amp;"' });
  });

  it('is the same with line ends of Windows', () => {
    const body = '\n## A {#a}\n\n```python run id=one title="1 \\. 2"\nif x:\n    y\n```\n';
    const windows = readChapter(place, (head + body).replaceAll('\n', '\r\n'));
    expect(windows).toEqual(read(body));
  });

  it('takes the words of a quoted option for no option', () => {
    expect(told('\n```python wrong why="It does not run."\n1\n```\n')).not.toContain('does not begin with run');
  });

  it('tells a fence that is none, because of a backtick in its options', () => {
    expect(told('```python wrong fails=test_a why="`join` waits"\nx = 1\n```\n')).toContain(
      'content/02-x/index.mdx:9: a fence that Markdown takes for text, because its first line holds a backtick',
    );
  });

  it('tells every fault of its frontmatter with the line of the key', () => {
    const front =
      '---\ntitle: ""\nsumary: x\norder: two\nmodule: 1\noutcomes: []\ncovers: [C1, 9-Z]\nupdated: soon\n---\n';
    const said = told('', front);
    expect(said).toContain('index.mdx:1: frontmatter: summary is missing');
    expect(said).toContain('index.mdx:2: frontmatter: title');
    expect(said).toContain('index.mdx:3: frontmatter: unknown key “sumary”\n    Did you mean “summary”?');
    expect(said).toContain('index.mdx:4: frontmatter: order');
    expect(said).toContain('index.mdx:6: frontmatter: outcomes');
    expect(said).toContain('index.mdx:7: frontmatter: covers.1: expected an id such as C7');
    expect(said).toContain('index.mdx:8: frontmatter: updated: expected a date');
  });

  it('tells how a key that is missing or of another type is written', () => {
    const front = '---\ntitle: a\nsummary: b\norder: two\nmodule: 1\noutcomes: To read\n---\n';
    const said = told('', front);
    expect(said).toMatch(/index\.mdx:1: frontmatter: updated is missing\n.*Write `updated: 2026-11-22`/);
    expect(said).toMatch(/index\.mdx:4: frontmatter: order: .*expected number, received string\n.*Write `order: 9`/);
    expect(said).toMatch(
      /index\.mdx:6: frontmatter: outcomes: .*expected array.*\n.*Write `outcomes:` and under it a line/,
    );
  });

  it('tells an alias for a section that is not there', () => {
    const front = (alias: string): string =>
      `---\ntitle: a\nsummary: b\norder: 2\nmodule: 1\noutcomes: [c]\nupdated: 2026-11-22\naliases:\n  - pool\n  - ${alias}\n---\n`;
    const text = '## Locks {#locks}\n';
    expect(told(text, front('locks: [mutex]'))).toBe('');
    expect(told(text, front('lock: [mutex]'))).toContain(
      'index.mdx:10: frontmatter: aliases: nothing here has the anchor “lock”\n    Did you mean “locks”?',
    );
    expect(told(text, front('locks: mutex'))).toContain('index.mdx:10: frontmatter: aliases');
  });

  it('tells a missing or broken frontmatter', () => {
    expect(told('', '---\n- a\n- b\n---\n')).toContain('Write a key and its value on each line: title, summary');
    expect(told('text', '')).toContain('index.mdx:1: the chapter has no frontmatter');
    expect(told('text', '---\ntitle: a: b\n---\n')).toContain('index.mdx:2: frontmatter: not valid YAML');
    expect(told('text', '---\ntitle: a\ntitle: b\n---\n')).toContain('index.mdx:3: frontmatter: not valid YAML');
  });
});
