/**
 * Times Stop as a reader has it: in a page of a built site, from the click on a cell's Stop until the cell says that it
 * has ended; each try is another of the kinds in `stop.py`.
 */
import { readFile } from 'node:fs/promises';
import type { CellData } from '../../src/protocol/cell.ts';
import { launchChromium } from '../browser/support/chromium.ts';
import { serveSite } from '../browser/support/site.ts';
import { plainCells } from './site-cells.ts';

const again = `import asyncio
turn = next(turns)
kind = KINDS[turn % len(KINDS)]
print("turn", turn, flush=True)
if kind is None:
    await asyncio.sleep(1e9)
else:
    kind()`;

/** Milliseconds of each try, in the order in which they were made. */
export async function timeStops(folder: string, tries: number): Promise<readonly number[]> {
  const { chapter, ids } = await plainCells(folder, 2);
  await using site = await serveSite({ folder });
  await using browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(site.url(chapter));
  const [definitions, stopped] = ids.map((id) => page.locator(`py-cell[id="${id}"]`));
  if (definitions === undefined || stopped === undefined) throw new Error('The chapter lacks a cell.');
  for (const [cell, source] of [
    [definitions, await readFile(new URL('stop.py', import.meta.url), 'utf8')],
    [stopped, again],
  ] as const)
    await cell.evaluate((element, source) => {
      const { dataset } = element as HTMLElement;
      const data = JSON.parse(dataset['cell'] ?? '') as CellData;
      dataset['cell'] = JSON.stringify({ ...data, cell: { ...data.cell, source } });
    }, source);
  await definitions.getByRole('button', { name: 'Run', exact: true }).click();
  await definitions.and(page.locator('[data-state="done"]')).waitFor();

  const times: number[] = [];
  for (let turn = 0; turn < tries; turn++) {
    await stopped.getByRole('button', { name: 'Run', exact: true }).click();
    await stopped
      .locator('.out.stdout')
      .getByText(new RegExp(`^turn ${turn}\\b`))
      .waitFor();
    const timed = stopped.evaluate(
      (element) =>
        new Promise<number>((resolve) => {
          let began = Number.NaN;
          const note = (): void => {
            began = performance.now();
          };
          element.addEventListener('click', note, { capture: true, once: true });
          new MutationObserver((_, observer) => {
            if ((element as HTMLElement).dataset['state'] === 'running') return;
            observer.disconnect();
            resolve(performance.now() - began);
          }).observe(element, { attributeFilter: ['data-state'] });
        }),
    );
    await stopped.getByRole('button', { name: 'Stop', exact: true }).click();
    times.push(await timed);
    const said = (await stopped.locator('.out, .cell-notice').allTextContents()).join('\n');
    if (!said.includes('KeyboardInterrupt')) throw new Error(`Turn ${turn} did not end by Stop: ${said.slice(-500)}`);
  }
  return times;
}
