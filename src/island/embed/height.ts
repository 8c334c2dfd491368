/** How high a frame has to be for all that its page shows, with what opens over the edge of a cell. */

/** Pixels below a menu, and below the line that is edited for completions and signatures, which fit themselves into what is there. */
const room = { menu: 28, tooltip: 240 };

const bottomOf = (element: Element | null | undefined): number =>
  element ? element.getBoundingClientRect().bottom + scrollY : 0;

/** The line with the cursor, while an editor shows something beside it. */
function editedLine(): Element | null | undefined {
  if (!document.querySelector('.cm-editor .cm-tooltip')) return undefined;
  const at = getSelection()?.focusNode;
  return (at instanceof Element ? at : at?.parentElement)?.closest('.cm-line');
}

/** Calls `tell` now, and at each change. */
export function watchHeight(main: Element, tell: (height: number) => void): void {
  let told = 0;
  /** Stays while the reader types: what is below the frame must not move with each list that opens and closes. */
  let held = 0;
  const look = (): void => {
    const line = editedLine();
    if (!document.activeElement?.closest('.cm-editor')) held = 0;
    if (line) held = Math.max(held, bottomOf(line) + room.tooltip);
    const menu = document.querySelector('.cell-menu[open] .cell-menu-items');
    const height = Math.ceil(Math.max(bottomOf(main), held, menu ? bottomOf(menu) + room.menu : 0));
    if (height !== told) tell(height);
    told = height;
  };
  new ResizeObserver(look).observe(main);
  const editors = new MutationObserver(look);
  // What an editor shows beside the text is a child of it.
  main.addEventListener('focusin', ({ target }) => {
    const editor = (target as Element).closest('.cm-editor');
    if (editor) editors.observe(editor, { childList: true });
  });
  main.addEventListener('focusout', () => requestAnimationFrame(look));
  main.addEventListener('toggle', look, true);
  look();
}
