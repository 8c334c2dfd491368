/** Where the reader is in a page that is scrolled: what is marked by it. */
import './current-section.ts';
