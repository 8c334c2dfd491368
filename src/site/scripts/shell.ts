/** What the shell does with scripts: the theme, the outline's dialog, the current section. */
import './current-section.ts';
import './outline-dialog.ts';
import './theme.ts';
