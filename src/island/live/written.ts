/** What a run in the playground has written into its folder: told below its output, until the next run shows something. */
import type { Written } from '../../protocol/written.ts';
import { loadOnce } from '../load-once.ts';
import { say } from '../say.ts';
import type { LiveCell } from './cell.ts';

const load = loadOnce(() => Promise.all([import('../playground/written-view.ts'), import('../playground/open.ts')]));

export function clearWritten(target: LiveCell): void {
  const shown = target.element.querySelector('.cell-written');
  if (shown?.contains(document.activeElement)) target.output.focus({ preventScroll: true });
  shown?.remove();
}

/** Nothing for a run that wrote no file. */
export async function tellWritten(target: LiveCell, written: Written | undefined): Promise<void> {
  if (!written || written.files.length === 0) return;
  const { view } = target;
  try {
    const [{ showWritten }, { folder }] = await load();
    // Another run may have shown something meanwhile.
    if (target.view !== view) return;
    clearWritten(target);
    showWritten(target, written, folder);
  } catch {
    say(target.element, 'Cannot show the files that the run wrote. Check the connection and run it again.', true);
  }
}
