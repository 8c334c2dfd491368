/** Each term of the glossary is explained, if its entry says where, in a section that is there. */
import type { Chapter } from './chapter.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { glossaryFile } from './glossary.ts';
import type { GlossaryEntry } from './glossary.ts';
import { nearest } from './suggest.ts';

export function glossaryFaults(
  entries: readonly GlossaryEntry[],
  chapters: ReadonlyMap<string, Chapter>,
): ContentFault[] {
  const faults: ContentFault[] = [];
  for (const { term, see, line } of entries) {
    if (see === undefined) continue;
    const [slug = '', anchor] = see.split('#');
    const chapter = chapters.get(slug);
    const fault = (what: string, mend: string): void =>
      void faults.push(
        contentFault({ file: glossaryFile, line }, `“${term}” is explained at ${see}, and ${what}`, mend),
      );
    if (chapter === undefined) {
      const known = [...chapters.keys()];
      const guess = nearest(slug, known);
      const which = guess === undefined ? `The chapters are ${known.join(', ')}.` : `Did you mean “${guess}”?`;
      fault('there is no such chapter', `${which} Name one of them, or leave see: out.`);
    } else if (anchor !== undefined && chapter.parsed && !chapter.anchors.has(anchor)) {
      const known = [...chapter.anchors];
      const example = nearest(anchor, known) ?? known[0] ?? 'anchor';
      fault(
        `${chapter.file} has no such anchor`,
        `Name a heading of the chapter, as in ${slug}#${example}, or leave see: out.`,
      );
    }
  }
  return faults;
}
