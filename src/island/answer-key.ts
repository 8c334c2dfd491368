/** Where a reader's own words of an exercise are kept in the browser; every page loads this much, to know whether there are any. */

/** The page's path names chapter and site, so that sites on one host stay apart. */
export const answerKey = (id: string): string => `course-answer ${location.pathname}#${id}`;

/** Null also where the browser forbids storage. */
export function loadAnswer(id: string): string | null {
  try {
    return localStorage.getItem(answerKey(id));
  } catch {
    return null;
  }
}
