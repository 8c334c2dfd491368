/** What a chapter's MDX may use without importing it, and what Markdown's own elements become. */
import Heading2 from './Heading2.astro';
import Heading3 from './Heading3.astro';
import TableScroll from './TableScroll.astro';

export const chapterComponents = { h2: Heading2, h3: Heading3, table: TableScroll };
