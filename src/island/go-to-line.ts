/**
 * From a frame of a traceback to the line it names: in the cell's editor, or in the static code of a cell that cannot run.
 *
 * Invariant: focus and selection end on that line, so that sight, keyboard and screen reader are all there.
 */
import { say } from './say.ts';

/** Selects line `number` (from 1, or the last there is) of static code. */
function selectLine(pre: HTMLElement, number: number): void {
  const code = pre.querySelector('code') ?? pre;
  const lines = code.textContent.replace(/\n$/, '').split('\n');
  const index = Math.min(number, lines.length) - 1;
  const start = lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
  const end = start + (lines[index]?.length ?? 0);
  const range = document.createRange();
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (!begun && start < at + length) {
      range.setStart(node, start - at);
      begun = true;
    }
    if (end <= at + length) {
      range.setEnd(node, Math.max(0, end - at));
      break;
    }
    at += length;
  }
  pre.focus({ preventScroll: true });
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
}

/** `link` is an `a.out-place`; its cell is on this page. */
export async function goToLine(link: HTMLAnchorElement): Promise<void> {
  const cell = document.getElementById(link.hash.slice(1));
  const line = Number(link.dataset['line']);
  if (!cell) return;
  if ('live' in cell.dataset) {
    try {
      const { showLine } = await import('./editor/open.ts');
      showLine(cell, line);
      return;
    } catch {
      say(cell, 'Cannot load the editor. Check the connection.', true);
    }
  }
  const pre = cell.querySelector<HTMLElement>('pre.code');
  if (pre) selectLine(pre, line);
}
