/** The pages beside the chapters, in the order in which the outline and the home page list them. */
export const referencePages = [
  {
    id: 'guide',
    title: 'How to read, run and teach it',
    description:
      'How the samples run, what is kept, how exercises are checked, and a schedule of four days for instructors.',
  },
  {
    id: 'glossary',
    title: 'Glossary',
    description: 'The terms of the course, each defined in a sentence or two.',
  },
  {
    id: 'api',
    title: 'API index',
    description:
      'Each name of threading, multiprocessing, concurrent.futures, asyncio, gevent and trio that the course uses.',
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
    description: 'Each point of the course’s outline and each cell of its notebook, with the sections that teach it.',
  },
] as const;
