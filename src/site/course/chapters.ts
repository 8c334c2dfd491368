/** The chapters of the `chapters` collection as the shell sees them; their order is the course's. */
import { getCollection } from 'astro:content';
import { buildOutline, type OutlinePart } from './outline.ts';

/** Outline of the whole course, planned chapters included. */
export async function courseOutline(): Promise<readonly OutlinePart[]> {
  const chapters = await getCollection('chapters');
  return buildOutline(
    chapters.map(({ id, data }) => ({ slug: id, title: data.title, summary: data.summary, order: data.order })),
  );
}
