/** Puts a program step by step below the code of its cell. */
import type { LiveCell } from '../live/cell.ts';
import { StepView } from './view.ts';

/**
 * `close` is asked to end it; answers with what ends it. With `missed` the program goes on to its first `breakpoint()`, and that
 * is called if it comes to none.
 */
export function openSteps(cell: LiveCell, close: () => void, missed?: () => void): () => void {
  const view = new StepView(cell, close, missed);
  cell.output.before(view.element);
  view.focus();
  view.element.scrollIntoView({ block: 'nearest' });
  return () => {
    view.end();
    view.element.remove();
  };
}
