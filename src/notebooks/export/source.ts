/** What the export knows of the course, and of the chapter whose parts it turns into cells. */
import type { Chapter } from '../../chapters/chapter.ts';
import type { Course } from '../../chapters/read-chapters.ts';

export interface About {
  /** The project's root. */
  readonly root: string;
  readonly course: Course;
  /** What the course is called. */
  readonly title: string;
  /** Where the site is served, with a slash at its end; undefined when the build was not told. */
  readonly address: string | undefined;
}

export interface Source {
  /** The project's root. */
  readonly root: string;
  /** The whole file, which the places of its nodes count in. */
  readonly text: string;
  readonly chapter: Chapter;
  /** Folder of each chapter of the course by its slug. */
  readonly folders: ReadonlyMap<string, string>;
  /** What a heading says, by chapter and anchor: `slug#anchor`. */
  readonly headings: ReadonlyMap<string, string>;
  /** Where the site is served, with a slash at its end; undefined when the build was not told. */
  readonly address: string | undefined;
  /** Files of the drawings that the chapter imports, by the names that it gives them; from the project's root. */
  readonly drawings: ReadonlyMap<string, string>;
}
