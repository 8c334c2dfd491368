/** Every sample of the course that runs in a page, for the playground, which loads it when a reader asks for them. */
import type { APIRoute } from 'astro';
import { cellsById, chainOf } from '../chapters/chain.ts';
import { whyRecordedOnly } from '../island/engine.ts';
import { conditionsOf } from '../island/playground/conditions.ts';
import type { SampleChapter } from '../island/playground/sample.ts';
import { cellName } from '../site/components/cell/words.ts';
import { wholeCourse } from '../site/reference/course.ts';

export const GET: APIRoute = () => {
  const chapters = wholeCourse().map((chapter): SampleChapter => {
    const known = cellsById(chapter);
    const cells = chapter.cells.filter(({ cell }) => whyRecordedOnly(chainOf(cell, known)) === undefined);
    return {
      title: chapter.frontmatter?.title ?? chapter.slug,
      cells: cells.map(({ cell }) => {
        const { id, source, options } = cell;
        const { mode, name, after } = options;
        const conditions = conditionsOf(options);
        return {
          ...{ id, source, mode, words: cellName(cell) },
          ...(name !== undefined && { name }),
          ...(after !== undefined && { after }),
          ...(Object.keys(conditions).length > 0 && { conditions }),
        };
      }),
    };
  });
  return Response.json(chapters.filter(({ cells }) => cells.length > 0));
};
