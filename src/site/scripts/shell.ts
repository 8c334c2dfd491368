/**
 * All that a page does with scripts before anyone acts: search, what the reader keeps and sets, the outline's dialog, the
 * current section, and what waits in cells and exercises. One file for every page: a file more for chapters would be two
 * requests more, since both would share a third.
 */
import '../../island/py-cell.ts';
import '../../island/py-exercise.ts';
import '../search/open.ts';
import './current-section.ts';
import './outline-dialog.ts';
import '../reader/begin.ts';
