/** The syllabus: what it says fits the chapters. */
import { describe, expect, it } from 'vitest';
import { checkCourse } from '../../../src/chapters/check-course.ts';
import { formatFaults } from '../../../src/chapters/content-fault.ts';
import { courseFile, courseOnDisk, frontmatter } from './course-on-disk.ts';

const told = (entries: string, covers: string): string => {
  const syllabus = `lead: Why.\nparts:\n  - id: outline\n    title: The outline\n    entries:\n${entries}`;
  using course = courseOnDisk({
    'content/course.yaml': `${courseFile}parts: [{ title: P, chapters: [one, { slug: later, title: L }] }]\n`,
    'content/syllabus.yaml': syllabus,
    'content/01-one/index.mdx': `${frontmatter(1).replace('---\n', `---\ncovers: [${covers}]\n`)}\n## Here {#here}\n`,
  });
  return formatFaults(checkCourse(course.root).faults);
};

describe('a syllabus', () => {
  it('has no fault where its places are anchors and the chapters cover what it says', () => {
    expect(told('      - { id: B1, text: One, at: [one#here, later] }\n', 'B1')).toBe('');
  });

  it('tells a place that is none, with what is near', () => {
    const faults = told('      - { id: B1, text: One, at: [one#hare] }\n', 'B1');
    expect(faults).toContain('content/syllabus.yaml:6: B1: one has no #hare');
    expect(faults).toContain('Did you mean “here”?');
  });

  it('tells a chapter that exists and is named without a place', () => {
    expect(told('      - { id: B1, text: One, at: [one] }\n', 'B1')).toContain('B1 names one, but no place in it');
  });

  it('tells a place in a chapter that is neither there nor in preparation', () => {
    expect(told('      - { id: B1, text: One, at: [oen#here] }\n', '')).toContain(
      'content/syllabus.yaml:6: B1 names oen, which is no chapter\n    Did you mean “one”? Name a chapter, or one in preparation',
    );
  });

  it('tells where a chapter covers what a course without a syllabus does not have', () => {
    using course = courseOnDisk({
      'content/01-one/index.mdx': `${frontmatter(1).replace('---\n', '---\ncovers: [B1]\n')}\n## Here {#here}\n`,
    });
    expect(formatFaults(checkCourse(course.root).faults)).toContain('B1 is too much');
  });

  it('tells where a chapter covers more, or less', () => {
    const faults = told('      - { id: B1, text: One, at: [one#here] }\n', 'B2');
    expect(faults).toContain('B1 is missing, B2 is too much');
    expect(faults).toContain('Write covers: [B1]');
  });

  it('tells an id that is given twice, and one that is none', () => {
    const entry = '{ id: B1, text: One, at: [one#here] }';
    expect(told(`      - ${entry}\n      - ${entry}\n`, 'B1')).toContain(
      'content/syllabus.yaml:7: “B1” stands here twice',
    );
    expect(told('      - { id: 1-Z, text: One, at: [one#here] }\n', '')).toContain('expected an id such as C7');
  });
});
