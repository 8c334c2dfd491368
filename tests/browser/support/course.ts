/** The course whose site the tests look at, as its authors wrote it. */
import { inject } from 'vitest';
import { readChapters } from '../../../src/chapters/read-chapters.ts';

/** The folder whose `content/` it is. */
export const courseRoot = inject('courseRoot');

export const { chapters } = readChapters(courseRoot);
