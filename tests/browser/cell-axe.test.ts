/** Cells in every state they can be in have no accessibility fault: wide and narrow, light and dark. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openChapter } from './support/cell-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const combinations = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;

function violationsIn(page: Page, include: string[]): Promise<string[]> {
  return page.evaluate(async (include) => {
    const { axe } = window as unknown as { axe: { run(target: object): Promise<AxeResults> } };
    const { violations } = await axe.run({ include });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  }, include);
}

it.each(combinations)('at $width px, $colorScheme', async ({ width, colorScheme }) => {
  // The policy of the page would refuse axe itself.
  await using open = await openChapter('what-python-executes/', {
    viewport: { width, height: 900 },
    colorScheme,
    bypassCSP: true,
  });
  await open.page.addScriptTag({ content: axe });
  const colours =
    'print("".join(f"\\x1b[{c}m{c} \\x1b[0m" for c in [1, 2, *range(30, 38), *range(40, 48), *range(90, 98)]))';
  await open.give('cache-edges', `import sys\n${colours}\nprint("\\x07", file=sys.stderr)\n1 / 0`);
  await open.give('call-three-ways', 'for n in range(3000): print(n)\n"result"');
  await open.give('nan', 'try:\n  print("started")\n  while True: pass\nfinally:\n  print("kept")\n  while True: pass');
  await open.run('cache-edges');
  await open.run('call-three-ways');
  await open.cell('nan').getByRole('button', { name: 'Run', exact: true }).click();
  await open.cell('nan').getByText('started', { exact: true }).waitFor();
  await open.cell('call-three-ways').locator('summary').click();
  const violations = () => violationsIn(open.page, ['#cache-edges', '#call-three-ways', '#nan']);
  expect(await violations()).toEqual([]);
  await open.cell('nan').getByRole('button', { name: 'Stop', exact: true }).click();
  await open.cell('nan').getByText('kept').waitFor();
  await open.cell('nan').getByRole('button', { name: 'Stop', exact: true }).click();
  await open.cell('nan').locator('.cell-notice').waitFor();
  expect(await violations()).toEqual([]);
});

it.each(combinations)('that can only be recorded, at $width px, $colorScheme', async ({ width, colorScheme }) => {
  await using open = await openChapter('threads-and-processes/', {
    viewport: { width, height: 900 },
    colorScheme,
    bypassCSP: true,
  });
  await open.page.addScriptTag({ content: axe });
  expect(await violationsIn(open.page, ['#native-ids'])).toEqual([]);
});
