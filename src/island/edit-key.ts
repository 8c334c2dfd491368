/** Where a reader's edit of a cell is kept in the browser; every page loads this much, to know whether there is one. */

/** The page's path names chapter and site, so that sites on one host stay apart. */
export const editKey = (id: string): string => `course-edit ${location.pathname}#${id}`;

/** False too where the browser forbids storage: then nothing was kept. */
export function hasEdit(id: string): boolean {
  try {
    return localStorage.getItem(editKey(id)) !== null;
  } catch {
    return false;
  }
}
