/** The chapters with all that is in them, for the pages that are made from them; read once in a build. */
import type { Chapter } from '../../chapters/chapter.ts';
import { readChapters } from '../../chapters/read-chapters.ts';

let read: readonly Chapter[] | undefined;

/** In the order of the course. Afresh for each page while authors write. */
export function wholeCourse(): readonly Chapter[] {
  if (import.meta.env.DEV || read === undefined) read = readChapters(process.cwd()).chapters;
  return read;
}
