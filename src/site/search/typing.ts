/** Whether keys go into a text: then no key of the page's own is meant. */

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input:not([type=radio], [type=checkbox]), textarea, select') !== null)
  );
}
