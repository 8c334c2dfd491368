/** The syllabus has each point of the outline and each cell of the notebook that the course grew out of. */
import { expect, it } from 'vitest';
import { readSyllabus } from '../../../src/chapters/syllabus.ts';

it('has every id of the two, in two lists', () => {
  const [outline, notebook] = readSyllabus(process.cwd()).parts;
  const cells = Array.from({ length: 22 }, (_, index) => `C${index + 1}`);
  expect(outline?.entries.map(({ id }) => id)).toEqual(
    'T M1 B1 B2 B3 B3.1 B3.2 B3.3a B3.3b B3.4 B3.5 B4 B4.1 B4.2 B4.3 B4.4 B5 B6 B7 B8a B8b B9'.split(' '),
  );
  expect(notebook?.entries.map(({ id }) => id).sort()).toEqual(['H1', 'H2', ...cells].sort());
});
