/** The first example of docs/authoring.md can be followed in this course: its place and its address are free. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { folderParts, readChapters } from '../../../src/chapters/read-chapters.ts';
import { example } from '../../../tests/unit/authoring-example.ts';

it('takes a place and an address that no chapter has', () => {
  const folder = dirname(example.file);
  const parts = folderParts(folder.replace('content/', ''));
  const { chapters } = readChapters(process.cwd());
  expect(existsSync(folder)).toBe(false);
  expect(chapters.map(({ frontmatter }) => frontmatter?.order)).not.toContain(parts?.order);
  expect(chapters.map(({ slug }) => slug)).not.toContain(parts?.slug);
});
