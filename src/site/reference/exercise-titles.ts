/** What the exercises of a chapter are called, in its order. */
import { wholeCourse } from './course.ts';

export function exerciseTitles(slug: string): readonly { readonly id: string; readonly title: string }[] {
  const chapter = wholeCourse().find((each) => each.slug === slug);
  return (chapter?.exercises ?? []).map(({ exercise: { id, title } }) => ({ id, title }));
}
