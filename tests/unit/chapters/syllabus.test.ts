/** The syllabus: every id of the seed is in it, and what it says fits the chapters. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCourse } from '../../../src/chapters/check-course.ts';
import { formatFaults } from '../../../src/chapters/content-fault.ts';
import { readSyllabus } from '../../../src/chapters/syllabus.ts';
import { courseOnDisk, frontmatter } from './course-on-disk.ts';

const told = (syllabus: string, covers: string): string => {
  using course = courseOnDisk({
    'content/syllabus.yaml': syllabus,
    'content/01-one/index.mdx': `${frontmatter(1).replace('---\n', `---\ncovers: [${covers}]\n`)}\n## Here {#here}\n`,
  });
  return formatFaults(checkCourse(course.root).faults);
};

describe('the syllabus of the course', () => {
  it('has every id of the seed, in two lists', () => {
    const { outline, notebook } = readSyllabus(join(import.meta.dirname, '../../..'));
    const cells = Array.from({ length: 22 }, (_, index) => `C${index + 1}`);
    expect(outline.map(({ id }) => id)).toEqual(
      'T M1 B1 B2 B3 B3.1 B3.2 B3.3a B3.3b B3.4 B3.5 B4 B4.1 B4.2 B4.3 B4.4 B5 B6 B7 B8a B8b B9'.split(' '),
    );
    expect(notebook.map(({ id }) => id).sort()).toEqual(['H1', 'H2', ...cells].sort());
  });
});

describe('a syllabus', () => {
  it('has no fault where its places are anchors and the chapters cover what it says', () => {
    expect(told('outline:\n  - { id: B1, text: One, at: [one#here, later] }\n', 'B1')).toBe('');
  });

  it('tells a place that is none, with what is near', () => {
    const faults = told('outline:\n  - { id: B1, text: One, at: [one#hare] }\n', 'B1');
    expect(faults).toContain('content/syllabus.yaml:2: B1: one has no #hare');
    expect(faults).toContain('Did you mean “here”?');
  });

  it('tells a chapter that exists and is named without a place', () => {
    expect(told('outline:\n  - { id: B1, text: One, at: [one] }\n', 'B1')).toContain(
      'B1 names one, but no place in it',
    );
  });

  it('tells where a chapter covers more, or less', () => {
    const faults = told('outline:\n  - { id: B1, text: One, at: [one#here] }\n', 'B2');
    expect(faults).toContain('B1 is missing, B2 is too much');
    expect(faults).toContain('Write covers: [B1]');
  });

  it('tells an id that is given twice, and one that is none', () => {
    const entry = '{ id: B1, text: One, at: [one#here] }';
    expect(told(`outline:\n  - ${entry}\n  - ${entry}\n`, 'B1')).toContain(
      'content/syllabus.yaml:3: “B1” stands here twice',
    );
    expect(told('outline:\n  - { id: Z1, text: One, at: [one#here] }\n', '')).toContain('expected an id such as C7');
  });
});
