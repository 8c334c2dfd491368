/** Cells of a page in WebKit: another source for one, a run to its end, and what it shows. */
import { expect, vi } from 'vitest';
import type { CellData } from '../../../src/protocol/cell.ts';
import type { WebKitPage } from './webkit.ts';

export const cellAt = (id: string): string => `py-cell[id="${id}"]`;
export const buttonOf = (id: string, action: string): string => `${cellAt(id)} [data-action="${action}"]`;

/** Gives a cell that has not run another source, as an editor would. */
export async function give({ driver }: WebKitPage, id: string, source: string): Promise<void> {
  await driver.evaluate(
    (selector, source) => {
      const element = document.querySelector<HTMLElement>(selector);
      if (element === null) throw new Error(`The page has no ${selector}.`);
      const data = JSON.parse(element.dataset['cell'] ?? '') as CellData;
      element.dataset['cell'] = JSON.stringify({ ...data, cell: { ...data.cell, source } });
    },
    cellAt(id),
    source,
  );
}

/** Waits until a cell that was started is no longer running. The first run of a page starts Python, which takes its time. */
export async function ended({ driver }: WebKitPage, id: string): Promise<void> {
  const state = (): Promise<string | undefined> =>
    driver.evaluate((selector) => document.querySelector<HTMLElement>(selector)?.dataset['state'], cellAt(id));
  const hasEnded = async (): Promise<void> => {
    expect(await state()).toMatch(/^(?:done|failed)$/);
  };
  await vi.waitFor(hasEnded, { timeout: 100_000 });
}

/** Presses Run and waits for the end. */
export async function run(open: WebKitPage, id: string): Promise<void> {
  await open.press(buttonOf(id, 'run'));
  await ended(open, id);
}

/** What a cell shows, block by block: the kind and the text. */
export const blocks = ({ driver }: WebKitPage, id: string): Promise<readonly (readonly [string, string])[]> =>
  driver.evaluate(
    (selector) =>
      [...document.querySelectorAll(`${selector} .out`)].map(
        (element) => [element.classList.item(1) ?? '', element.textContent] as const,
      ),
    cellAt(id),
  );
