/** Shows how much of each chapter and of the course is solved, in the outline and on the home page. Nothing moves by it. */
import { isSolved } from './progress.ts';

const make = (className: string, text: string): HTMLElement => {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
};

const words = (solved: number, count: number): string => {
  const exercises = count === 1 ? '1 exercise' : `${count} exercises`;
  return solved === 0 ? exercises : `${solved} of ${exercises} solved`;
};

/** Ids of one chapter's exercises, as the page was built. */
const idsOf = (element: HTMLElement): readonly string[] =>
  (element.dataset['exercises'] ?? '').split(' ').filter((id) => id !== '');

function showChapter(element: HTMLElement): void {
  const ids = idsOf(element);
  const solved = ids.filter((id) => isSolved(element.dataset['chapter'] ?? '', id)).length;
  if (!element.matches('.outline-done')) {
    element.textContent = words(solved, ids.length);
    return;
  }
  const mark = make('', solved === ids.length ? '✓' : `${solved}/${ids.length}`);
  mark.ariaHidden = 'true';
  element.replaceChildren(
    ...(solved === 0 ? [] : [mark, make('for-screen-readers', `, ${words(solved, ids.length)}`)]),
  );
}

/** Counted by chapter: the page may show one twice. */
function solvedInCourse(): number {
  const chapters = new Map(
    [...document.querySelectorAll<HTMLElement>('[data-exercises]')].map((element) => [
      element.dataset['chapter'] ?? '',
      idsOf(element),
    ]),
  );
  let solved = 0;
  for (const [chapter, ids] of chapters) solved += ids.filter((id) => isSolved(chapter, id)).length;
  return solved;
}

export function showProgress(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-exercises]')) showChapter(element);
  for (const element of document.querySelectorAll<HTMLElement>('[data-course-exercises]')) {
    element.textContent = words(solvedInCourse(), Number(element.dataset['courseExercises']));
  }
}
