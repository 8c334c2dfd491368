/**
 * The programs of `npm run bench:kernel` that run in the readers' kernel and natively alike: each has a name by which it
 * can be run alone, and prints a line of JSON, after `@@`, for each figure.
 */
import { readFile } from 'node:fs/promises';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export interface Part {
  readonly name: string;
  readonly title: string;
  readonly file: 'echo.py' | 'processes.py' | 'rates.py' | 'switch.py';
  /** Its processes import it, so it must be a file. */
  readonly imported?: true;
  /** It asks the kernel's own modules. */
  readonly kernelOnly?: true;
  readonly argv: readonly string[];
  /** Distributions that the page has fetched before the program begins. */
  readonly packages: readonly string[];
}

const crowds = [1, 100, 1000, 5000];
const kinds = ['threads', 'asyncio', 'gevent', 'trio'] as const;
const rate = (name: string, title: string, ...packages: string[]): Part => ({
  name,
  title,
  file: 'rates.py',
  argv: [name],
  packages,
});

const processes = (name: string, title: string): Part => ({
  name: `process-${name}`,
  title,
  file: 'processes.py',
  imported: true,
  argv: [name],
  packages: [],
});

export const parts: readonly Part[] = [
  { name: 'switch', title: 'One fiber switch', file: 'switch.py', argv: [], packages: [], kernelOnly: true },
  rate('greenlet-switch', 'Two greenlets that switch to each other', 'greenlet'),
  rate('greenlets-alive', 'Greenlets alive at once', 'greenlet'),
  rate('trio-tasks', 'trio tasks', 'trio'),
  rate('asyncio-tasks', 'asyncio tasks'),
  { ...rate('import-trio', 'trio in a fresh process, its archives there', 'trio'), argv: ['trio'] },
  { ...rate('fetch-trio', 'trio in a fresh process, its archives fetched'), argv: ['trio'] },
  { ...rate('import-gevent', 'gevent in a fresh process, its archives there', 'gevent'), argv: ['gevent'] },
  { ...rate('fetch-gevent', 'gevent in a fresh process, its archives fetched'), argv: ['gevent'] },
  processes('start', 'Process of multiprocessing'),
  processes('connection', 'Connection between two processes'),
  processes('lock', 'Lock of multiprocessing'),
  processes('queue', 'Queues of multiprocessing'),
  processes('manager', 'Manager of multiprocessing'),
  processes('map', 'Work divided among processes and threads'),
  processes('terminate', 'The end of a process that computes'),
  ...crowds.flatMap((clients) =>
    kinds.map((kind): Part => ({
      name: `echo-${kind}-${clients}`,
      title: `Echo, ${kind}, clients: ${clients}`,
      file: 'echo.py',
      argv: [kind, String(clients)],
      packages: kind === 'gevent' || kind === 'trio' ? [kind] : [],
    })),
  ),
];

export const sourceOf = ({ file }: Part): Promise<string> => readFile(new URL(file, import.meta.url), 'utf8');

/** The figures among what a program has printed, and the lines that are none. */
export function readFigures(printed: string): {
  readonly figures: readonly Figure[];
  readonly said: readonly string[];
} {
  const lines = printed.split('\n').filter((line) => line !== '');
  return {
    figures: lines.filter((line) => line.startsWith('@@')).map((line) => JSON.parse(line.slice(2)) as Figure),
    said: lines.filter((line) => !line.startsWith('@@')),
  };
}
