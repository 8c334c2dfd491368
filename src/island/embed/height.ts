/** How high a frame has to be for all that its page shows, with what opens over the edge of a cell. */

/** Pixels below a menu, and below the line that is edited for completions and signatures, which fit themselves into what is there. */
const room = { menu: 28, tooltip: 240 };

const bottomOf = (element: Element | null | undefined): number =>
  element ? element.getBoundingClientRect().bottom + scrollY : 0;

/** The line with the cursor. */
function editedLine(): Element | null | undefined {
  const at = getSelection()?.focusNode;
  return (at instanceof Element ? at : at?.parentElement)?.closest('.cm-line');
}

/** Calls `tell` now, and at each change. */
export function watchHeight(main: Element, tell: (height: number) => void): void {
  let told = 0;
  /** Stays while the reader is in the code: what is below the frame must not move with each list that opens and closes. */
  let held = 0;
  const look = (): void => {
    if (!document.activeElement?.closest('.cm-editor')) held = 0;
    const menu = document.querySelector('.cell-menu[open] .cell-menu-items');
    const height = Math.ceil(Math.max(bottomOf(main), held, menu ? bottomOf(menu) + room.menu : 0));
    if (height !== told) tell(height);
    told = height;
  };
  const hold = (): void => {
    held = Math.max(held, bottomOf(editedLine()) + room.tooltip);
    look();
  };
  new ResizeObserver(look).observe(main);
  // What an editor shows beside the text is a child of it. With the first key there is room for it, before it comes.
  const editors = new MutationObserver(() => {
    if (document.querySelector('.cm-editor .cm-tooltip')) hold();
  });
  main.addEventListener('input', ({ target }) => {
    if ((target as Element).closest('.cm-content')) hold();
  });
  main.addEventListener('focusin', ({ target }) => {
    const editor = (target as Element).closest('.cm-editor');
    if (editor) editors.observe(editor, { childList: true });
  });
  main.addEventListener('focusout', () => requestAnimationFrame(look));
  main.addEventListener('toggle', look, true);
  look();
}
