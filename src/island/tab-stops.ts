/** What the page came with that may scroll: a stop of the Tab key only while it does. Loaded when a reader first acts. */
import { stopWhileScrolling } from './tab-stop.ts';

/** Code of a cell that can run is a stop in any case: its editor opens there. */
const boxes =
  '.cell-output, .cell-newer > [role=group], py-cell:not([data-live]) pre.code, pre.fence, .table-scroll, .timeline-table, .figure-drawing';

for (const box of document.querySelectorAll<HTMLElement>(boxes)) stopWhileScrolling(box);
