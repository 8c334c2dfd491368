/** What the snapshots of a chapter say that its cells printed, as the page is to show it. */
import { stripVTControlCharacters } from 'node:util';
import { readSnapshot } from '../../../src/chapters/snapshots.ts';
import { chapters, courseRoot } from '../../browser/support/course.ts';

/** Id and text of each cell whose output is text alone, without colours, the last line ended; what an error shows is longer than its event. */
export function recordedOutputs(slug: string): readonly (readonly [id: string, text: string])[] {
  const chapter = chapters.find((one) => one.slug === slug);
  if (chapter === undefined) throw new Error(`There is no chapter ${slug}.`);
  return chapter.cells.flatMap(({ cell }) => {
    const read = readSnapshot(courseRoot, chapter.folder, cell.id);
    if (read.state !== 'present') return [];
    const texts = read.snapshot.events.flatMap((event) => ('text' in event ? [event.text] : []));
    return texts.length === read.snapshot.events.length
      ? [[cell.id, stripVTControlCharacters(texts.join('')).replace(/(?<=[^\n])$/, '\n')] as const]
      : [];
  });
}

export function recordedOutput(slug: string, id: string): string {
  const found = recordedOutputs(slug).find(([each]) => each === id);
  if (found === undefined) throw new Error(`The chapter ${slug} has no recorded text of ${id}.`);
  return found[1];
}
