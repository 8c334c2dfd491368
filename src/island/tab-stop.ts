/**
 * A box that may scroll is a stop of the Tab key only while it does: it has to be scrolled without a mouse then, and has
 * nothing to stop for else. Every box is a stop until this is loaded, and stays one without scripts.
 *
 * Invariant: a box that has the focus keeps it; what stops being a stop can still be clicked into.
 */

function update(box: HTMLElement): void {
  // A width of half a pixel is rounded, here up and there down.
  const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
  const stop = scrolls ? 0 : -1;
  if (box.tabIndex !== stop) box.tabIndex = stop;
}

const boxOf = new WeakMap<Element, HTMLElement>();

/** Told of boxes and of what stands in them; of what is far from the screen when it comes near. */
const sizes = new ResizeObserver((changed) => {
  for (const box of new Set(changed.map(({ target }) => boxOf.get(target)))) if (box) update(box);
});

function observe(part: Element, box: HTMLElement): void {
  boxOf.set(part, box);
  sizes.observe(part);
}

const contents = new MutationObserver((changes) => {
  for (const { addedNodes, removedNodes, target } of changes) {
    const box = target as HTMLElement;
    for (const part of removedNodes) if (part instanceof Element) sizes.unobserve(part);
    for (const part of addedNodes) if (part instanceof Element) observe(part, box);
    // Text has no size of its own that could change.
    observe(box, box);
  }
});

/** From now on the box is a stop while it scrolls. */
export function stopWhileScrolling(box: HTMLElement): void {
  if (boxOf.has(box)) return;
  box.tabIndex = 0;
  for (const part of [box, ...box.children]) observe(part, box);
  contents.observe(box, { childList: true });
}
