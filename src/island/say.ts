/** Short words in a cell's header that go away by themselves, and faults below it, spoken once by screen readers. */

const shownFor = 2500;
const timers = new WeakMap<HTMLElement, number>();
let region: HTMLElement | undefined;

/** Speaks `text` politely; one region for the page, so that many cells do not talk at once. */
export function announce(text: string): void {
  if (!region) {
    region = document.createElement('div');
    region.className = 'for-screen-readers';
    region.role = 'status';
    document.body.append(region);
  }
  const spoken = region;
  // The region must stand in the page before its text changes, or nothing is spoken.
  requestAnimationFrame(() => {
    spoken.textContent = text;
  });
}

/**
 * Shows `text` as the cell's state until something else is shown or a moment has passed. What is said of a fault stands
 * below the header, until the reader acts in the cell.
 */
export function say(cell: HTMLElement, text: string, fault = false): void {
  announce(text);
  const state = cell.querySelector<HTMLElement>('.cell-state');
  // A running cell keeps its clock.
  if (!state || cell.dataset['state'] === 'running') return;
  state.textContent = text;
  state.hidden = false;
  state.classList.toggle('is-fault', fault);
  clearTimeout(timers.get(cell));
  const hide = (): void => {
    if (state.textContent === text) state.hidden = true;
  };
  if (!fault) timers.set(cell, window.setTimeout(hide, shownFor));
  else for (const act of ['pointerdown', 'keydown']) cell.addEventListener(act, hide, { once: true });
}
