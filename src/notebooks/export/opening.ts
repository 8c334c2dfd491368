/** The first cell of a notebook: what the chapter is about, where it is from, and what its cells need. */
import type { Chapter } from '../../chapters/chapter.ts';
import type { Frontmatter } from '../../chapters/frontmatter.ts';
import type { NotebookCell } from '../format.ts';
import type { Names } from './cells.ts';
import { packagesOf } from './needs.ts';
import type { About } from './source.ts';

function packagesOfChapter(chapter: Chapter): readonly string[] {
  const exercises = chapter.exercises.flatMap(({ exercise }) => (exercise.kind === 'write' ? [exercise.starter] : []));
  return [...new Set([...chapter.cells.map(({ cell }) => cell), ...exercises].flatMap(packagesOf))].sort();
}

/** True when some cell is written to a file beside the notebook. */
const writesFiles = (chapter: Chapter): boolean =>
  chapter.cells.some(({ cell }) => cell.options.mode === 'script') ||
  chapter.exercises.some(({ exercise }) => exercise.kind === 'write');

export function opening({ title, address }: About, chapter: Chapter, front: Frontmatter, names: Names): NotebookCell {
  const packages = packagesOfChapter(chapter);
  const where = address === undefined ? '' : ` ([read it online](${address}${chapter.slug}/))`;
  const text = [
    `# ${front.title}`,
    front.summary,
    `After this chapter you can:\n\n${front.outcomes.map((outcome) => `- ${outcome}`).join('\n')}`,
    '---',
    `*Chapter ${front.order} of “${title}”${where}. The outputs were recorded; run a cell to see your machine’s own.*`,
    [
      '*The cells are for CPython 3.14 in Jupyter.',
      ...(packages.length > 0 ? [`They need packages from PyPI: \`%pip install ${packages.join(' ')}\`.`] : []),
      ...(writesFiles(chapter)
        ? [
            'A cell that begins with `%%writefile` is a program: it writes that file beside the notebook, and the next cell runs it.',
          ]
        : []),
    ]
      .join(' ')
      .concat('*'),
  ];
  return {
    cell_type: 'markdown',
    id: names.id('opening'),
    metadata: { course: { role: 'opening' } },
    source: text.join('\n\n'),
  };
}
