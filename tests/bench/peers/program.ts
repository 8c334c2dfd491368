/** What every peer is asked: a cell of the made-up course, how its first line is recognised, and a query of any such course. */
import { makeUpChapter } from '../course.ts';

const [, cell] = makeUpChapter(1).sections[0]?.blocks ?? [];
if (cell === undefined || typeof cell === 'string') throw new Error('the made-up course begins with no cell');

export const program = cell.source;
export const firstLine = '0: 0';

/** The name of a function in one cell. */
export const query = 'work_1_3';
