/**
 * `npm run bench:kernel [FOLDER]`: what threads, locks, queues and Stop cost in the readers' kernel, in one run.
 * FOLDER is a built site, `dist` by default: Stop is timed in its page.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { timeStops } from './stop.ts';

const tries = 50;
const folder = path.resolve(process.argv[2] ?? 'dist');
if (!existsSync(folder)) {
  console.error(`${folder} is not there: run npm run build first, or name the folder of a built site.`);
  process.exit(1);
}

const line = (name: string, value: number, unit: string): void => {
  console.log(`${name.padEnd(44)}${value.toFixed(value < 100 ? 2 : 0).padStart(10)} ${unit}`);
};

{
  await using driver = await openDriver();
  const { events, end } = await driver.run(
    {
      mode: 'notebook',
      source: await readFile(new URL('kernel.py', import.meta.url), 'utf8'),
      filename: 'kernel.py',
      namespace: 'bench',
      clock: 1,
    },
    { timeoutSeconds: 300 },
  );
  const printed = events.map((event) => ('text' in event ? event.text : '')).join('');
  for (const said of printed.split('\n').filter((said) => said !== '')) {
    if (said.startsWith('@@')) {
      const { name, value, unit } = JSON.parse(said.slice(2)) as { name: string; value: number; unit: string };
      line(name, value, unit);
    } else console.log(said);
  }
  if (end.outcome !== 'ok') {
    for (const event of events) if (event.type === 'error') console.error(event.traceback);
    console.error(`The benchmark ended: ${end.outcome}${end.outcome === 'fault' ? `. ${end.fault.what}` : ''}`);
    process.exitCode = 1;
  }
}

const times = [...(await timeStops(folder, tries))].sort((a, b) => a - b);
/** The nearest rank: the smallest time that this share of all tries did not exceed. */
const percentile = (share: number): number => times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? Number.NaN;
line('Stop, from click to end, median', percentile(0.5), `ms (${tries} tries of seven kinds)`);
line('Stop, from click to end, 95th percentile', percentile(0.95), 'ms');
