/** The built folder on the hosts that people use: a chapter is whole there, and a reader runs a cell. */
import { expect, inject, it } from 'vitest';
import { blocks, openChapter } from './support/cell-page.ts';
import { hosts, serveAs } from './support/host.ts';

const chapter = 'what-python-executes/';
const folder = inject('siteFolder');

it.each(hosts)('runs a cell on $name', async (host) => {
  await using open = await openChapter(chapter, {}, () => serveAs(host, folder));
  const { page } = open;
  const recorded = await blocks(open.cell('cache-edges'));
  expect(recorded.length).toBeGreaterThan(0);
  await open.run('cache-edges');
  expect(await blocks(open.cell('cache-edges'))).toEqual(recorded);
  if (!host.name.includes('year')) return;
  // What the browser keeps of the first visit serves the second.
  await page.reload();
  await open.run('cache-edges');
  expect(await blocks(open.cell('cache-edges'))).toEqual(recorded);
});

it('leaves out the scripts where Jekyll publishes a folder without .nojekyll, as the emulated branch would', async () => {
  const [branch] = hosts;
  if (branch === undefined) throw new Error('There are no hosts.');
  const bare = { ...branch, leavesOut: (file: string) => file.split('/').some((name) => /^[_.]/.test(name)) };
  await using site = await serveAs(bare, folder);
  const html = await (await fetch(site.home)).text();
  const script = /(?:src|href)="\.\/(_astro\/[^"]+)"/.exec(html)?.[1] ?? '';
  expect((await fetch(site.url(script))).status).toBe(404);
});
