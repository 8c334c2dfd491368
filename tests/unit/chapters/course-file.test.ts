/** What the course is called and what it is made of: each mistake in `content/course.yaml` has its line and its mend. */
import { describe, expect, it } from 'vitest';
import { checkCourse } from '../../../src/chapters/check-course.ts';
import { formatFaults } from '../../../src/chapters/content-fault.ts';
import { courseOnDisk, frontmatter } from './course-on-disk.ts';

const head = 'title: Lists\ndescription: What lists are.\nlead: You learn `list`.\n';

/** The faults of a course with the chapter `one`, of module 1 unless it is said otherwise. */
function told(yaml: string, module?: string): string {
  const front = frontmatter(1).replace('module: 1\n', module === undefined ? '' : `module: ${module}\n`);
  using course = courseOnDisk({
    'content/course.yaml': yaml,
    'content/01-one/index.mdx': `${front}\n## Here {#here}\n`,
  });
  return formatFaults(checkCourse(course.root).faults);
}

describe('course.yaml', () => {
  it('needs a title, a description and the words of the first page, and nothing else', () => {
    expect(told(head)).toBe('');
  });

  it('is told where it is missing', () => {
    using course = courseOnDisk({ 'content/01-one/index.mdx': `${frontmatter(1)}\n## Here {#here}\n` });
    course.remove('content/course.yaml');
    expect(formatFaults(checkCourse(course.root).faults)).toBe(
      'content/course.yaml:1: the course has no course.yaml\n' +
        '    Write it with title, description and lead: docs/a-course-of-your-own.md has an example.',
    );
  });

  it.each([
    ['title: Lists\nlead: x\n', 'content/course.yaml:1: description is missing\n    Write `description: '],
    [`${head}titel: x\n`, 'content/course.yaml:4: unknown key “titel”\n    Did you mean “title”? The keys are title, '],
    [`${head}subtitle: ""\n`, 'content/course.yaml:4: subtitle: expected a text that is not empty'],
    [`${head}modules: Lists\n`, 'content/course.yaml:4: modules: expected a list of titles\n    Write `modules:` and'],
    [`${head}parts:\n  - aim: x\n    chapters: []\n`, 'content/course.yaml:5: parts.1.title is missing'],
    [
      `${head}parts:\n  - title: P\n    chaptrs: []\n    chapters: []\n`,
      'content/course.yaml:6: unknown key “chaptrs”\n    Did you mean “chapters”? The keys are title, aim, module, chapters.',
    ],
    [
      `${head}parts:\n  - title: P\n    chapters: [one, 01-two]\n    aim: [x]\n`,
      'content/course.yaml:7: parts.1.aim: expected a text',
    ],
    [`${head}parts:\n  - title: P\n    chapters: [{ slug: two }]\n`, 'or slug: and title: of one in preparation'],
    [
      `${head}sample:\n  chapter: one\n  cell: a\n  titel: x\n`,
      'Did you mean “title”? The keys are chapter, cell, title, ',
    ],
    [`${head}sample: x\n`, 'content/course.yaml:4: sample: '],
    ['title: [\n', 'content/course.yaml:2: not valid YAML'],
    ['title: Lists\n\tlead: x\n', 'content/course.yaml:2: a tab at the beginning of a line'],
  ])('%j is told with its line', (yaml, said) => {
    expect(told(yaml)).toContain(said);
  });
});

describe('what course.yaml says of the chapters', () => {
  const parts = (chapters: string, more = ''): string =>
    `${head}parts:\n  - title: P\n    chapters: ${chapters}\n${more}`;

  it('may list those that are written by their addresses, and those in preparation with a title', () => {
    expect(told(parts('[one, { slug: two, title: The second }]'))).toBe('');
  });

  it('is told where an address is no chapter’s, or stands there twice', () => {
    expect(told(parts('[oen]'))).toContain(
      'content/course.yaml:6: “oen” is no chapter\n    Did you mean “one”? Of one in preparation write slug: and title:.',
    );
    expect(told(parts('[one]', '  - title: Q\n    chapters: [one]\n'))).toContain(
      'content/course.yaml:8: “one” stands already on line 6',
    );
  });

  it('is told where the sample of the first page is no cell of a chapter', () => {
    const sample = (chapter: string, cell: string): string =>
      `${head}sample:\n  chapter: ${chapter}\n  cell: ${cell}\n  title: T\n  lead: L\n`;
    expect(told(sample('oen', 'a'))).toContain('content/course.yaml:5: “oen” is no chapter\n    Did you mean “one”? ');
    expect(told(sample('one', 'a'))).toContain('content/course.yaml:6: one has no cell “a”');
  });

  it('is told where a part or a chapter is of a module that is none', () => {
    expect(told(parts('[one]', '    module: 1\n'))).toContain(
      'content/course.yaml:7: “P” is of module 1, and there are no modules',
    );
    expect(told(head, '2')).toContain(
      'content/01-one/index.mdx:1: module is 2, and content/course.yaml has no modules\n    Leave module out',
    );
    const two = `modules: [A, B]\n${parts('[one]', '    module: 2\n')}`;
    expect(told(two, '1')).toContain('module is 1, the chapter’s part in content/course.yaml is of module 2');
    expect(told(two, '2')).toBe('');
  });

  it('is told where the index of names is to have a module whose documentation is not known', () => {
    expect(told(`${head}api:\n  - re\n  - colections\n  - trio\n`)).toBe(
      'content/course.yaml:6: “colections” is no module whose documentation is known\n' +
        '    Did you mean “collections”? Name a module of Python’s library or of a package in docs/packages.md.',
    );
  });
});
