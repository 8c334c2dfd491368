/** The glossary of the site, read once in a build; a faulty one ends the build. */
import { formatFaults } from '../../chapters/content-fault.ts';
import { readGlossary } from '../../chapters/glossary.ts';
import type { GlossaryEntry } from '../../chapters/glossary.ts';

function read(): readonly GlossaryEntry[] {
  const { entries, faults } = readGlossary(process.cwd());
  if (faults.length > 0) throw new Error(formatFaults(faults));
  return entries;
}

export const glossary = read();
