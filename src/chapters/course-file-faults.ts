/** What `content/course.yaml` says fits the chapters: each that it lists is there or has a title, and the modules agree. */
import type { Chapter } from './chapter.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { courseFile } from './course-file.ts';
import type { CourseFile } from './course-file.ts';
import { isDocumentedModule, nearestDocumented } from './python-names/documented-at.ts';
import { didYouMean } from './suggest.ts';

interface Listed {
  readonly module: number | undefined;
  readonly line: number;
}

const wordsFor = (count: number): string =>
  count === 0 ? 'no modules' : count === 1 ? 'one module' : `${count} modules`;

/** Chapters that stand in no part may name any module that there is. */
function moduleFaults(
  chapters: readonly Chapter[],
  listed: ReadonlyMap<string, Listed>,
  count: number,
): ContentFault[] {
  return chapters.flatMap(({ slug, file, frontmatter }) => {
    const module = frontmatter?.module;
    if (module === undefined) return [];
    const part = listed.get(slug);
    const fault = (what: string, mend: string): ContentFault[] => [
      contentFault({ file, line: 1 }, `module is ${module}, ${what}`, mend),
    ];
    if (part?.module !== undefined && part.module !== module)
      return fault(`the chapter’s part in ${courseFile} is of module ${part.module}`, 'Make them the same number.');
    if (module <= count) return [];
    return fault(`and ${courseFile} has ${wordsFor(count)}`, `Leave module out, or add its title to modules there.`);
  });
}

export function courseFileFaults(
  { data, faults, lineOf }: CourseFile,
  chapters: readonly Chapter[],
): readonly ContentFault[] {
  if (data === undefined) return faults;
  const found: ContentFault[] = [...faults];
  const add = (line: number, what: string, mend: string): void => {
    found.push(contentFault({ file: courseFile, line }, what, mend));
  };
  const known = chapters.map(({ slug }) => slug);
  const listed = new Map<string, Listed>();
  data.parts.forEach((part, at) => {
    if (part.module !== undefined && part.module > data.modules.length)
      add(
        lineOf(['parts', at, 'module']),
        `“${part.title}” is of module ${part.module}, and there are ${wordsFor(data.modules.length)}`,
        'Leave module out, or add its title to modules.',
      );
    part.chapters.forEach((chapter, place) => {
      const slug = typeof chapter === 'string' ? chapter : chapter.slug;
      const line = lineOf(['parts', at, 'chapters', place]);
      const before = listed.get(slug);
      if (before !== undefined) add(line, `“${slug}” stands already on line ${before.line}`, 'List each chapter once.');
      else listed.set(slug, { module: part.module, line });
      if (typeof chapter === 'string' && !known.includes(slug))
        add(line, `“${slug}” is no chapter`, `${didYouMean(slug, known)}Of one in preparation write slug: and title:.`);
    });
  });
  const shown = chapters.find(({ slug }) => slug === data.sample?.chapter);
  if (data.sample !== undefined && shown === undefined)
    add(
      lineOf(['sample', 'chapter']),
      `“${data.sample.chapter}” is no chapter`,
      `${didYouMean(data.sample.chapter, known)}Name a chapter that is written.`,
    );
  else if (data.sample !== undefined && shown !== undefined) {
    const { cell } = data.sample;
    const ids = shown.cells.map((placed) => placed.cell.id);
    if (!ids.includes(cell))
      add(
        lineOf(['sample', 'cell']),
        `${shown.slug} has no cell “${cell}”`,
        `${didYouMean(cell, ids)}Name one of its cells.`,
      );
  }
  (data.api ?? []).forEach((module, at) => {
    if (isDocumentedModule(module)) return;
    const guess = nearestDocumented(module);
    const mend = guess === undefined ? '' : `Did you mean “${guess}”? `;
    add(
      lineOf(['api', at]),
      `“${module}” is no module whose documentation is known`,
      `${mend}Name a module of Python’s library or of a package in docs/packages.md.`,
    );
  });
  return [...found, ...moduleFaults(chapters, listed, data.modules.length)];
}
