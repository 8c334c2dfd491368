/** What the shell does with scripts: search, what the reader keeps and sets, the outline's dialog, the current section. */
import '../search/open.ts';
import './current-section.ts';
import './outline-dialog.ts';
import '../reader/begin.ts';
