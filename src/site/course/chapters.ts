/** The chapters of the `chapters` collection as the shell sees them; their order is the course's. */
import { getCollection } from 'astro:content';
import exercises from 'virtual:exercises';
import { course } from './course.ts';
import { buildOutline, type OutlinePart } from './outline.ts';
import { minutesToRead } from './reading-time.ts';

async function readOutline(): Promise<readonly OutlinePart[]> {
  const chapters = await getCollection('chapters');
  return buildOutline(
    chapters.map(({ id, body = '', data: { title, summary, order, module } }) => ({
      slug: id,
      title,
      summary,
      order,
      module,
      exercises: exercises[id] ?? [],
      minutes: minutesToRead(body),
    })),
    course.parts,
  );
}

let built: Promise<readonly OutlinePart[]> | undefined;

/** Outline of the whole course, planned chapters included; read once in a build, afresh for each page while authors write. */
export function courseOutline(): Promise<readonly OutlinePart[]> {
  if (import.meta.env.DEV) return readOutline();
  built ??= readOutline();
  return built;
}
