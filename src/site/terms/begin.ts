/** Terms of the glossary open in place. A page carries only this; the rest comes when a reader comes near one. */
import { loadOnce } from '../../island/load-once.ts';

const load = loadOnce(() => import('./terms.ts'));

for (const kind of ['pointerover', 'focusin', 'click'] as const) {
  document.addEventListener(kind, (event) => {
    const term = (event.target as Element).closest<HTMLAnchorElement>('a.term');
    // A link in another tab stays one, and so does every link of a browser that has no popovers.
    if (
      !term ||
      !('popover' in term) ||
      (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey))
    )
      return;
    // Now: once the rest has come, the browser has followed the link.
    if (kind === 'click') event.preventDefault();
    load().then(
      ({ comeNear }) => {
        comeNear(term, event);
      },
      () => {
        if (kind === 'click') location.assign(term.href);
      },
    );
  });
}
