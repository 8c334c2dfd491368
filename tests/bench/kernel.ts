/**
 * `npm run bench:kernel [--site FOLDER] [NAME...]`: what threads, greenlets, tasks, sockets and Stop cost in the readers'
 * kernel, in one run; beside each figure that `native.ts` has recorded stands native CPython's and the ratio.
 * A NAME selects one part, or all whose names begin with it: `threads`, `process-starts`, `stop`, and those of
 * `parts.ts`.
 * FOLDER is a built site, `dist` by default: Stop is timed in its page.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { RunRequest } from '../../src/protocol/run.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { parts, readFigures, sourceOf, type Figure } from './parts.ts';
import { timeStarts } from './starts.ts';
import { timeStops } from './stop.ts';

const tries = 50;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { site: { type: 'string', default: 'dist' } },
});
const names = ['threads', ...parts.map(({ name }) => name), 'process-starts', 'stop'];
const selected = (name: string): boolean =>
  positionals.length === 0 ||
  positionals.some((asked) => (names.includes(asked) ? name === asked : name.startsWith(asked)));
const unknown = positionals.filter((start) => !names.some((name) => name.startsWith(start)));
if (unknown.length > 0) {
  console.error(`No part begins with ${unknown.join(' or ')}. There are: ${names.join(', ')}.`);
  process.exit(1);
}
const folder = path.resolve(values.site);
if (selected('stop') && !existsSync(folder)) {
  console.error(`${folder} is not there: run npm run build first, or name the folder of a built site with --site.`);
  process.exit(1);
}

interface Native {
  readonly python: string;
  readonly platform: string;
  readonly cores: number;
  readonly figures: Readonly<Record<string, readonly Figure[]>>;
}
const native = JSON.parse(await readFile(new URL('native.json', import.meta.url), 'utf8')) as Native;

const round = (value: number): string => value.toFixed(value < 100 ? 2 : 0);
/** Of a rate, the ratio is that of the times: above 1, the kernel is the slower one. */
const line = ({ name, value, unit }: Figure, beside?: Figure): void => {
  const ratio = beside && (unit === '/s' ? beside.value / value : value / beside.value);
  const comparison = beside ? `native ${round(beside.value)}, ratio ${round(ratio ?? Number.NaN)}` : '';
  console.log(`${name.padEnd(44)}${round(value).padStart(10)} ${unit.padEnd(4)} ${comparison}`.trimEnd());
};
const heading = (title: string): void => {
  console.log(`\n${title} (load ${loadavg()[0]?.toFixed(1) ?? '?'})`);
};

async function measure(title: string, request: RunRequest, beside: readonly Figure[] = []): Promise<void> {
  heading(title);
  const { events, end } = await driver.run(request, { timeoutSeconds: 300 });
  const { figures, said } = readFigures(events.map((event) => ('text' in event ? event.text : '')).join(''));
  for (const words of said) console.log(words);
  for (const figure of figures)
    line(
      figure,
      beside.find(({ name }) => name === figure.name),
    );
  if (end.outcome === 'ok') return;
  for (const event of events) if (event.type === 'error') console.error(event.traceback);
  console.error(`The part ended: ${end.outcome}${end.outcome === 'fault' ? `. ${end.fault.what}` : ''}`);
  process.exitCode = 1;
}

console.log(`Beside: CPython ${native.python} on ${native.platform}, ${native.cores} cores`);
await using driver = await openDriver();
if (selected('threads'))
  await measure('Threads', {
    mode: 'notebook',
    source: await readFile(new URL('kernel.py', import.meta.url), 'utf8'),
    filename: 'kernel.py',
    namespace: 'bench',
    clock: 1,
  });
for (const part of parts.filter(({ name }) => selected(name))) {
  const { file: filename, argv, packages } = part;
  await measure(
    part.title,
    { mode: 'script', source: await sourceOf(part), filename, clock: 1, argv, packages },
    native.figures[part.name],
  );
}

if (selected('process-starts')) {
  heading('The start of a process');
  for (const figure of await timeStarts()) line(figure);
}

if (selected('stop')) {
  heading('Stop');
  const times = [...(await timeStops(folder, tries))].sort((a, b) => a - b);
  /** The nearest rank: the smallest time that this share of all tries did not exceed. */
  const percentile = (share: number): number => times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? Number.NaN;
  line({ name: 'From click to end, median', value: percentile(0.5), unit: `ms (${tries} tries of seven kinds)` });
  line({ name: 'From click to end, 95th percentile', value: percentile(0.95), unit: 'ms' });
}
