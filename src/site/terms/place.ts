/** Puts a box under the words that it belongs to, or above them where there is more room, within the page's width. */

const gap = 6;
const margin = 8;

export function place(box: HTMLElement, words: Element): void {
  // A term may break over two lines: the first of them is what the eye is at.
  const at = words.getClientRects()[0] ?? words.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const wide = document.documentElement.clientWidth;
  const last = words.getBoundingClientRect().bottom;
  const below = last + gap + height <= innerHeight || at.top < innerHeight - last;
  const left = Math.max(margin, Math.min(at.left, wide - width - margin));
  // In the page's coordinates, so that it scrolls with its term.
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(below ? last + gap : at.top - gap - height) + scrollY}px`;
}
