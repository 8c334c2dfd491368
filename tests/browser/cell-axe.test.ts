/** Cells in every state they can be in have no accessibility fault: wide and narrow, light and dark. */
import { expect, it } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';

const widths = [1280, 390];

async function open(path: string, width: number): Promise<CellPage> {
  // The policy of the page would refuse axe itself.
  const opened = await openChapter(path, { viewport: { width, height: 900 }, bypassCSP: true });
  await bringAxe(opened.page);
  return opened;
}

it.each(widths)('at %i px, light and dark', async (width) => {
  await using opened = await open('what-python-executes/', width);
  const colours =
    'print("".join(f"\\x1b[{c}m{c} \\x1b[0m" for c in [1, 2, *range(30, 38), *range(40, 48), *range(90, 98)]))';
  await opened.give('cache-edges', `import sys\n${colours}\nprint("\\x07", file=sys.stderr)\n1 / 0`);
  await opened.give('call-three-ways', 'for n in range(3000): print(n)\n"result"');
  await opened.give(
    'nan',
    'try:\n  print("started")\n  while True: pass\nfinally:\n  print("kept")\n  while True: pass',
  );
  await opened.run('cache-edges');
  await opened.run('call-three-ways');
  await opened.cell('nan').getByRole('button', { name: 'Run', exact: true }).click();
  await opened.cell('nan').getByText('started', { exact: true }).waitFor();
  await opened.cell('call-three-ways').locator('summary').click();
  const violations = () => faultsInBothThemes(opened.page, ['#cache-edges', '#call-three-ways', '#nan']);
  expect(await violations()).toEqual([]);
  await opened.cell('nan').getByRole('button', { name: 'Stop', exact: true }).click();
  await opened.cell('nan').getByText('kept').waitFor();
  await opened.cell('nan').locator('.cell-strip').waitFor();
  expect(await violations()).toEqual([]);
  await opened.cell('nan').getByRole('button', { name: 'Stop', exact: true }).click();
  await opened.cell('nan').locator('.cell-notice').waitFor();
  expect(await violations()).toEqual([]);
});

it.each(widths)('that can only be recorded, at %i px, light and dark', async (width) => {
  await using opened = await open('threads-and-processes/', width);
  expect(await faultsInBothThemes(opened.page, ['#native-ids'])).toEqual([]);
});
