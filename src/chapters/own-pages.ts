/** The pages beside the chapters that are made of one file of `content/`: a course without the file has no such page. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { glossaryFile } from './glossary.ts';
import { guideFile } from './read-chapters.ts';
import { syllabusFile } from './syllabus.ts';

/** By the page's address, without slashes. */
export const fileOfPage = { guide: guideFile, glossary: glossaryFile, syllabus: syllabusFile } as const;

export type OwnPage = keyof typeof fileOfPage;

export const ownPages = Object.keys(fileOfPage) as readonly OwnPage[];

/** `root` is the project's root. */
export const hasPage = (root: string, page: OwnPage): boolean => existsSync(join(root, fileOfPage[page]));
