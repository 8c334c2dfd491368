/** What readers may take away of a course: for each chapter a notebook and its Python files, and all of it in one archive. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Chapter } from '../../chapters/chapter.ts';
import { readCourseFile } from '../../chapters/course-file.ts';
import { readChapters } from '../../chapters/read-chapters.ts';
import { notebookText } from '../format.ts';
import { courseArchive, notebookFile, programsFile } from '../names.ts';
import { Archive, archiveOf, type TextFile } from './archive.ts';
import { programsOf } from './programs.ts';
import type { About } from './source.ts';
import { toNotebook } from './to-notebook.ts';

const readme = ({ title, address }: About, lines: readonly string[]): TextFile => ({
  name: 'README.txt',
  text: `${[title, ...(address === undefined ? [] : [address]), '', ...lines].join('\n')}\n`,
});

const ofPrograms = [
  'One file for each cell, which runs by itself: python3.14 FILE. For each exercise to write, the file to work in,',
  'its _checks.py, which says how far you are, and its _solution.py. The head of a file names the packages it needs.',
];

const ofCourse = [
  'notebooks/  each chapter as a Jupyter notebook, with the outputs that were recorded',
  'python/     each chapter as Python files',
  '',
  ...ofPrograms,
  'The first cell of a notebook names the packages that its cells need. All of it is for CPython 3.14.',
];

function aboutCourse(root: string, address: string | undefined): About {
  return { root, course: readChapters(root), title: readCourseFile(root).data?.title ?? 'Course', address };
}

interface ChapterFiles {
  readonly notebook: string;
  readonly programs: readonly TextFile[];
}

/** Undefined for a chapter with faults. */
function filesOf(about: About, chapter: Chapter): ChapterFiles | undefined {
  const notebook = toNotebook(about, chapter);
  return notebook && { notebook: notebookText(notebook), programs: programsOf(about, chapter) };
}

const programsArchive = (about: About, programs: readonly TextFile[]): Uint8Array =>
  archiveOf([readme(about, ofPrograms), ...programs]);

/** The course's archive, piece by piece; `meet` is told the files of each chapter on their way into it. */
function archiveCourse(
  about: About,
  write: (bytes: Uint8Array) => void,
  meet?: (chapter: Chapter, files: ChapterFiles) => void,
): void {
  const archive = new Archive(write);
  archive.add(readme(about, ofCourse));
  for (const chapter of about.course.chapters) {
    const files = filesOf(about, chapter);
    if (files === undefined) continue;
    meet?.(chapter, files);
    archive.add({ name: `notebooks/${chapter.folder}.ipynb`, text: files.notebook });
    for (const { name, text } of files.programs) archive.add({ name: `python/${chapter.folder}/${name}`, text });
  }
  archive.end();
}

/** `root` is the project's root, `outDir` that of the built site; `address`, with a slash at its end, is where it is served. */
export function writeTakeAway(root: string, outDir: string, address: string | undefined): void {
  const about = aboutCourse(root, address);
  const write = (name: string, bytes: string | Uint8Array): void => {
    mkdirSync(dirname(join(outDir, name)), { recursive: true });
    writeFileSync(join(outDir, name), bytes);
  };
  write(courseArchive, '');
  const file = openSync(join(outDir, courseArchive), 'w');
  try {
    archiveCourse(
      about,
      (bytes) => writeSync(file, bytes),
      ({ slug, folder }, { notebook, programs }) => {
        write(notebookFile(slug, folder), notebook);
        write(programsFile(slug, folder), programsArchive(about, programs));
      },
    );
  } finally {
    closeSync(file);
  }
}

/** One of the files as it would be written now, by its path below the site's root; undefined where there is none. */
export function takeAwayFile(root: string, path: string): string | Uint8Array | undefined {
  const about = aboutCourse(root, undefined);
  if (path === courseArchive) {
    const pieces: Uint8Array[] = [];
    archiveCourse(about, (bytes) => pieces.push(bytes));
    return Buffer.concat(pieces);
  }
  for (const chapter of about.course.chapters) {
    const { slug, folder } = chapter;
    if (path === notebookFile(slug, folder)) return filesOf(about, chapter)?.notebook;
    if (path !== programsFile(slug, folder)) continue;
    const files = filesOf(about, chapter);
    return files && programsArchive(about, files.programs);
  }
  return undefined;
}
