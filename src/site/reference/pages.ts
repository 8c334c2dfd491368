/** The pages beside the chapters, in the order in which the outline lists them. */
export const referencePages = [
  { id: 'guide', title: 'How to read, run and teach it' },
  { id: 'glossary', title: 'Glossary' },
  { id: 'api', title: 'API index' },
  { id: 'errors', title: 'Error index' },
  { id: 'syllabus', title: 'Syllabus' },
] as const;
