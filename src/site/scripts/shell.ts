/**
 * All that a page does with scripts before anyone acts: what waits for search, settings, the outline's dialog, a term, a
 * reader who goes on, a cell or an exercise, and a look at what the reader keeps. One file for every page: a file more for chapters would be two
 * requests more, since both would share a third.
 */
import '../../island/py-cell.ts';
import '../../island/py-exercise.ts';
import '../search/open.ts';
import '../outline/begin.ts';
import '../place/begin.ts';
import '../reader/begin.ts';
import '../terms/begin.ts';
