/**
 * `npm run bench:paint -- SITE:PATH…`: when a page of a built site first shows something, as a share of the last one named,
 * for example `dist:threads/ ../other/dist:threads/`. Fails when the first is over its budget. `ROUNDS` is 25 by default.
 */
import { launchChromium } from '../browser/support/chromium.ts';
import { serveSite } from '../browser/support/site.ts';
import { median, visitInTurn } from '../page/first-paint.ts';
import { firstPaint } from '../budgets.ts';

const rounds = Number(process.env['ROUNDS'] ?? 25);
const names = process.argv.slice(2);
await using stack = new AsyncDisposableStack();
const addresses: string[] = [];
for (const name of names) {
  const [folder = '', path = ''] = name.split(':');
  addresses.push(stack.use(await serveSite({ folder })).url(path));
}
const browser = stack.use(await launchChromium());
console.log(`Budget: the first paint of the first at most ${firstPaint} of the last.`);
for (const width of [1280, 390]) {
  const all = await visitInTurn(browser, addresses, width, rounds);
  const paints = all.map((visits) => median(visits.map(({ paint }) => paint)));
  const last = paints.at(-1) ?? NaN;
  for (const [at, visits] of all.entries()) {
    const long = visits.filter(({ longTasks }) => longTasks.length > 0).length;
    console.log(
      `${width} px ${names[at] ?? ''}: first paint ${(paints[at] ?? NaN).toFixed(0)} ms (${((paints[at] ?? NaN) / last).toFixed(2)}), ` +
        `load ${median(visits.map(({ load }) => load)).toFixed(0)} ms; a task over 50 ms in ${long} of ${visits.length} visits`,
    );
  }
  if (all.length > 1 && (paints[0] ?? NaN) / last > firstPaint) process.exitCode = 1;
}
