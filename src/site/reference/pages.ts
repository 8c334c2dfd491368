/** The pages beside the chapters, in the order in which the outline and the home page list them. */
import { hasPage, ownPages } from '../../chapters/own-pages.ts';

export const referencePages = [
  {
    id: 'guide',
    title: 'How to read, run and teach it',
    description: 'How the samples run, what is kept, how exercises are checked, and how to teach with the course.',
  },
  {
    id: 'playground',
    title: 'Playground',
    description: 'A program of your own, run in the page with threads, processes, sockets and packages.',
  },
  {
    id: 'glossary',
    title: 'Glossary',
    description: 'The terms of the course, each defined in a sentence or two.',
  },
  {
    id: 'api',
    title: 'API index',
    description: 'The names of Python and its libraries that the course uses, each with the sections that use it.',
  },
  {
    id: 'errors',
    title: 'Error index',
    description:
      'The errors and warnings that the samples of the course print, each with the section that explains it.',
  },
  {
    id: 'what-is-real',
    title: 'What is real here',
    description:
      'What the threads, processes, sockets and clocks of these pages share with CPython on Linux, and what they do not.',
  },
  {
    id: 'syllabus',
    title: 'Syllabus',
    description: 'Each point that the course was asked to teach, with the sections that teach it.',
  },
] as const;

/** Those that this course has the files for. */
export const pagesOfCourse = (): readonly (typeof referencePages)[number][] =>
  referencePages.filter(({ id }) => !ownPages.some((page) => page === id && !hasPage(process.cwd(), page)));
