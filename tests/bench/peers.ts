/**
 * `npm run bench:peers -- [--only starlight,pyscript] [--rounds 5] [--chapters 100]`: this project beside its peers on one machine,
 * in alternating rounds: medians, and how many times ours each is. Installs the peers into `.cache/peers/` by npm and pip.
 */
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/support/chromium.ts';
import { measurePage } from '../page/measure.ts';
import { jupyterlite } from './peers/jupyterlite.ts';
import { marimo } from './peers/marimo.ts';
import { ours } from './peers/ours.ts';
import type { Peer, Prepared } from './peers/peer.ts';
import { pyscript } from './peers/pyscript.ts';
import { starlight } from './peers/starlight.ts';
import { stock } from './peers/stock.ts';

const all: Readonly<Record<string, Peer>> = { starlight, stock, pyscript, jupyterlite, marimo };
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(all).join(',') },
    rounds: { type: 'string', default: '5' },
    chapters: { type: 'string', default: '100' },
  },
});
const [rounds, chapters] = [Number(values.rounds), Number(values.chapters)];
if (!(rounds >= 1 && chapters >= 1)) throw new Error('--rounds and --chapters take a number from 1');
const chosen = values.only.split(',').map((name) => {
  const peer = all[name];
  if (peer === undefined) throw new Error(`${name} is no peer; there are ${Object.keys(all).join(', ')}`);
  return peer;
});

/** Figures of one row, by the name of the peer. */
type Row = Map<string, number[]>;
const rows = new Map<string, Row>();

function note(row: string, name: string, value: number): void {
  const figures = rows.get(row) ?? new Map<string, number[]>();
  rows.set(row, figures);
  figures.set(name, [...(figures.get(name) ?? []), value]);
}

async function firstPaint(page: Page): Promise<number> {
  const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  await page.waitForFunction(paint);
  return (await page.evaluate(paint)) ?? Number.NaN;
}

async function visit(browser: Browser, name: string, address: string): Promise<void> {
  for (const width of [1280, 390]) {
    await using context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(address);
    note(`first contentful paint, ${width} px, ms`, name, await firstPaint(page));
    await page.reload();
    note(`the same, again, ${width} px, ms`, name, await firstPaint(page));
  }
}

async function weigh(browser: Browser, name: string, address: string): Promise<void> {
  const cost = await measurePage(browser, address);
  note('CSS and JS of the chapter, gzip, KB', name, (cost.styles + cost.scripts) / 1024);
  note('HTML of the chapter, gzip, KB', name, cost.document / 1024);
  note('requests of the chapter', name, cost.requests.length);
}

async function start(browser: Browser, name: string, begin: NonNullable<Prepared['start']>): Promise<void> {
  await using context = await browser.newContext();
  for (const state of ['cold', 'warm']) {
    const page = await context.newPage();
    page.setDefaultTimeout(180_000);
    const { opened, clicked } = await begin(page);
    await page.close();
    note(`page opened to first output, ${state}, ms`, name, opened);
    if (clicked !== undefined) note(`click to first output, ${state}, ms`, name, clicked);
  }
}

await using running = new AsyncDisposableStack();
const ready: (readonly [name: string, prepared: Prepared])[] = [];
for (const peer of [ours, ...chosen]) {
  try {
    const prepared = running.use(await peer.prepare());
    console.log(`${peer.name}: ${prepared.versions}`);
    ready.push([peer.name, prepared]);
  } catch (error) {
    console.log(`${peer.name}: left out. ${error instanceof Error ? error.message : String(error)}`);
  }
}

const failed = new Set<string>();
/** Does a part of a peer's, once that has failed no more: the others go on. */
async function attempt(name: string, part: string, work: () => Promise<void>): Promise<void> {
  if (failed.has(`${name} ${part}`)) return;
  try {
    await work();
  } catch (error) {
    failed.add(`${name} ${part}`);
    console.log(`${name}: no figure for ${part}. ${error instanceof Error ? error.message : String(error)}`);
  }
}

const browser = running.use(await launchChromium());
for (const [name, { chapter }] of ready)
  if (chapter !== undefined) await attempt(name, 'the chapter', () => weigh(browser, name, chapter));
for (let round = 0; round < rounds; round++) {
  for (const [name, { chapter, start: begin }] of ready) {
    if (chapter !== undefined) await attempt(name, 'the chapter', () => visit(browser, name, chapter));
    if (begin !== undefined) await attempt(name, 'the start', () => start(browser, name, begin));
  }
}
for (const [name, { course }] of ready) {
  if (course === undefined || (name === ours.name && !ready.some(([other, { course }]) => other !== name && course)))
    continue;
  await attempt(name, 'the made-up course', async () => {
    const { seconds, indexBytes } = await course(chapters);
    note(`build of ${chapters} chapters, s`, name, seconds);
    note(`index read for one query of ${chapters} chapters, KB`, name, indexBytes / 1024);
  });
}

const median = (figures: readonly number[]): number =>
  [...figures].sort((one, other) => one - other)[figures.length >> 1] ?? Number.NaN;
console.log(`\nMedians of ${rounds} rounds, and how many times ours each is.`);
for (const [row, figures] of rows) {
  const own = median(figures.get(ours.name) ?? []);
  const told = [...figures].map(([name, values]) => {
    const value = median(values);
    const digits = value < 20 ? 1 : 0;
    return `${name} ${value.toFixed(digits)}${name === ours.name ? '' : ` (${(value / own).toFixed(2)})`}`;
  });
  console.log(`${row.padEnd(52)} ${told.join('   ')}`);
}
