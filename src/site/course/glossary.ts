/** The glossary of the site, read once in a build, and again when it is saved while authors write; a faulty one ends the build. */
import { formatFaults } from '../../chapters/content-fault.ts';
import { glossaryFile, parseGlossary } from '../../chapters/glossary.ts';
import type { GlossaryEntry } from '../../chapters/glossary.ts';

/** None in a course without a glossary. Vite knows by this that the pages depend on it. */
const files = import.meta.glob<string>('/content/glossary.yaml', { query: '?raw', import: 'default', eager: true });

function read(): readonly GlossaryEntry[] {
  const { entries, faults } = parseGlossary(files[`/${glossaryFile}`] ?? '');
  if (faults.length > 0) throw new Error(formatFaults(faults));
  return entries;
}

export const glossary = read();
