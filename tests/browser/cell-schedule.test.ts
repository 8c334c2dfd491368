/** A cell with schedule=: its threads take turns as that says, in each run of the page. */
import { expect, it } from 'vitest';
import { mark } from '../../src/schedules/mark.ts';
import { writeName } from '../../src/schedules/schedule-name.ts';
import { blocks, openChapter } from './support/cell-page.ts';
import { race as source, worstOrder as schedule } from './support/race.ts';

const id = 'fib-gen';
const worst = [['stdout', 'read 0\nread 0\ncount is 1\n']];

it('shows the worst order each time, and says of an edit that it follows as far as it agrees', async () => {
  await using open = await openChapter('iterators-and-generators/');
  const cell = open.cell(id);
  await open.give(id, source, { mode: 'script', schedule });
  for (let time = 0; time < 3; time += 1) {
    await open.run(id);
    expect(await blocks(cell)).toEqual(worst);
  }
  await cell.getByText(/^Ran here in /).waitFor();

  await cell.locator('summary[aria-label="More actions"]').click();
  await cell.getByRole('button', { name: 'Timeline', exact: true }).click();
  await cell.getByText('No timeline: under a schedule, computing takes no time').waitFor();

  await cell.locator('.cm-content, pre.code').first().click();
  await cell.locator('.cm-content').fill(`${source}\nprint("more")`);
  await open.run(id);
  expect(await blocks(cell)).toEqual([
    ['stderr', 'The schedule was made for other code: it is followed as far as it agrees.\n'],
    ['stdout', 'read 0\nread 0\ncount is 1\nmore\n'],
  ]);
});

it('ends by Stop, also in a call that nothing interrupts', async () => {
  await using open = await openChapter('iterators-and-generators/');
  const cell = open.cell(id);
  const endless = 'sum(range(10**12))';
  await open.give(id, endless, {
    mode: 'script',
    schedule: writeName({
      ...{ granularity: 'gil', python: '3.14.2', schedule: 'plain' },
      mark: mark({ source: endless, before: [], beside: {} }),
    }),
  });
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await cell.locator('.cell-state', { hasText: 'Running' }).waitFor();
  await cell.getByRole('button', { name: 'Stop', exact: true }).click();
  await cell.getByText('Ended. The program was ended with its interpreter').waitFor();
});
