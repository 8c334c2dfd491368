/** Writes a small course into a folder of its own, so that the checks read real files. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export function frontmatter(order: number): string {
  return `---
title: A chapter
summary: What it is about.
order: ${order}
module: 1
outcomes: [Read it]
updated: 2026-11-22
---
`;
}

export interface DiskCourse extends Disposable {
  readonly root: string;
  write(file: string, text: string): void;
  remove(file: string): void;
}

/** Of a course with one module, which is what `frontmatter` says. */
export const courseFile =
  'title: A course\ndescription: What it is about.\nlead: What a reader learns.\nmodules: [One]\n';

/** Paths are relative to the course's root. What the course is called need not be among them. */
export function courseOnDisk(files: Readonly<Record<string, string>>): DiskCourse {
  const root = mkdtempSync(join(tmpdir(), 'course-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [file, text] of Object.entries({ 'content/course.yaml': courseFile, ...files })) write(file, text);
  return {
    root,
    write,
    remove: (file) => {
      rmSync(join(root, file));
    },
    [Symbol.dispose]: () => {
      rmSync(root, { recursive: true });
    },
  };
}
