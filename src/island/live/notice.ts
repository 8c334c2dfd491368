/** What went wrong with a run that was not the program's doing: what, why, what to do, and a way to try again. */
import type { Fault } from '../../protocol/fault.ts';
import { make, makeButton } from '../make.ts';
import '../notices.ts';

/** What is told of a kept edit stays with it. */
export function clearNotice(cell: HTMLElement): void {
  cell.querySelector('.cell-notice:not(.is-kept)')?.remove();
}

/** Puts the notice above the line that says where the output is from. `retry` adds a button. */
export function showNotice(cell: HTMLElement, fault: Fault, retry?: () => void): void {
  clearNotice(cell);
  const kind = fault.kind === 'interrupted' ? 'cell-notice' : 'cell-notice is-fault';
  const notice = make('div', kind, make('strong', '', fault.what), ` ${fault.why} ${fault.mend} `);
  if (retry) notice.append(makeButton('Try again', retry));
  cell.querySelector('.cell-foot')?.before(notice);
}
