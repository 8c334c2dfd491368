/** What the shell does with scripts: search, the theme, the outline's dialog, the current section. */
import '../search/open.ts';
import './current-section.ts';
import './outline-dialog.ts';
import './theme.ts';
