/** Where the lines of a cell's code stand, and how a reader opens its editor; for tests of the editor. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

export interface LineBox {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The box of each line's text, static or in the editor, in pixels of the page. */
export const lineBoxes = (cell: Locator): Promise<readonly LineBox[]> =>
  cell.evaluate((element) => {
    const boxes = (ranges: readonly Range[]): LineBox[] =>
      ranges
        .filter((range) => range.toString().trim() !== '')
        .map((range) => {
          const { x, y, width, height } = range.getBoundingClientRect();
          return { text: range.toString(), x, y: y + scrollY, width, height };
        });
    const edited = [...element.querySelectorAll('.cm-line')];
    if (edited.length > 0) {
      return boxes(
        edited.map((line) => {
          const range = document.createRange();
          range.selectNodeContents(line);
          return range;
        }),
      );
    }
    const code = element.querySelector('pre.code code');
    if (!code) throw new Error('The cell has no code.');
    const ranges: Range[] = [];
    let range = document.createRange();
    range.setStart(code, 0);
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
        range.setEnd(node, at);
        ranges.push(range);
        range = document.createRange();
        range.setStart(node, at + 1);
      }
      range.setEnd(node, text.length);
    }
    return boxes([...ranges, range]);
  });

/**
 * A text in one span or in several differs by the rounding of each, a 64th of a pixel: an editor that has not coloured a line
 * yet has one span where the static code has up to sixteen.
 */
export function expectSamePlaces(after: readonly LineBox[], before: readonly LineBox[]): void {
  expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
  const near = (a: number, b: number) => Math.abs(a - b) <= 16 / 64;
  const moved = after.flatMap((line, index) => {
    const old = before[index];
    if (!old) return [];
    const same =
      near(line.x, old.x) && near(line.y, old.y) && near(line.width, old.width) && near(line.height, old.height);
    return same ? [] : [{ from: old, to: line }];
  });
  expect(moved).toEqual([]);
}

export const textBox = (cell: Locator): Locator => cell.getByRole('textbox', { name: /^Code of / });

/** Clicks into the code and waits for the editor. */
export async function edit(cell: Locator): Promise<void> {
  await cell.locator('pre.code').click();
  await textBox(cell).waitFor();
}

/** Replaces the whole code as a reader would: select all, type over. */
export async function replaceCode(cell: Locator, source: string): Promise<void> {
  if (!(await textBox(cell).isVisible())) await edit(cell);
  await textBox(cell).focus();
  await cell.page().keyboard.press('Control+a');
  if (source === '') await cell.page().keyboard.press('Delete');
  else await cell.page().keyboard.insertText(source);
}

/** The whole text of a short cell, in its editor or in the static code. */
export const editedText = (cell: Locator): Promise<string> =>
  cell.evaluate((element) => {
    const lines = [...element.querySelectorAll('.cm-line')];
    return lines.length > 0
      ? lines.map((line) => line.textContent).join('\n')
      : (element.querySelector('pre.code code')?.textContent ?? '');
  });

/** Each character of a cell's code that is not blank, with its colour and slant. */
export const colours = (cell: Locator): Promise<readonly string[]> =>
  cell.evaluate((element) => {
    const code = element.querySelector('.cm-content') ?? element.querySelector('pre.code code');
    if (!code) throw new Error('The cell has no code.');
    const seen: string[] = [];
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const style = node.parentElement && getComputedStyle(node.parentElement);
      for (const character of node.textContent ?? '') {
        if (character.trim() !== '') seen.push(`${character} ${style?.color} ${style?.fontStyle}`);
      }
    }
    return seen;
  });
