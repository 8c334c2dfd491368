/** The API index and the error index, made of chapters and recorded outputs on a disk. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cellHash } from '../../../src/chapters/cell-hash.ts';
import { readChapters } from '../../../src/chapters/read-chapters.ts';
import { snapshotText } from '../../../src/chapters/snapshots.ts';
import { apiIndex } from '../../../src/chapters/indexes/api-index.ts';
import { errorIndex, type ErrorEntry } from '../../../src/chapters/indexes/error-index.ts';
import type { OutputEvent } from '../../../src/protocol/event.ts';
import { courseOnDisk, frontmatter } from './course-on-disk.ts';

const fence = (id: string, source: string): string => `\n\`\`\`python run id=${id}\n${source}\n\`\`\`\n`;

const chapter = `${frontmatter(1)}
## Threads {#threads}
${fence('start', 'import threading as t\nt.Thread(target=print).start()\nt.no_such_name')}
## Locks {#locks}

See <Api name="threading.Lock">locks</Api>.
${fence('own', 'class OwnError(Exception): pass\nraise OwnError("mine")')}
${fence('wait', 'from concurrent.futures import *\nThreadPoolExecutor()')}
${fence('nursery', 'import trio\nasync with trio.open_nursery() as n: pass')}
`;

function snapshot(id: string, events: readonly OutputEvent[]): string {
  return snapshotText({
    format: 1,
    cell: id,
    hash: cellHash([]),
    producer: { kind: 'browser', python: '3.14.2', pyodide: '314.0.7' },
    recorded: '2026-11-22T12:00:00Z',
    duration: 0.1,
    events: [...events],
  });
}

const course = courseOnDisk({
  'content/01-one/index.mdx': chapter,
  'content/01-one/snapshots/start.json': snapshot('start', [
    { type: 'stderr', at: 0, text: 'Traceback (most recent call last):\n  …\nRuntimeError: cannot join 0x7f3a\n' },
    { type: 'stdout', at: 0, text: 'a.py:3: DeprecationWarning: isSet() is deprecated\nNote: nothing\n' },
    { type: 'error', at: 0, name: 'AttributeError', message: 'no attribute', traceback: '' },
  ]),
  'content/01-one/snapshots/own.json': snapshot('own', [
    { type: 'error', at: 0, name: 'OwnError', message: 'mine', traceback: '' },
  ]),
  'content/01-one/snapshots/wait.json': snapshot('wait', [
    { type: 'error', at: 0, name: 'AttributeError', message: 'no attribute', traceback: '' },
  ]),
});

beforeAll(() => vi.spyOn(process, 'cwd').mockReturnValue(course.root));
afterAll(() => {
  vi.restoreAllMocks();
  course[Symbol.dispose]();
});

const { chapters } = readChapters(course.root);

describe('the API index', () => {
  const names = (): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(
      apiIndex(chapters).flatMap(({ names: all }) =>
        all.map(({ name, sections }) => [name, sections.map(({ href }) => href)]),
      ),
    );

  it('has what cells use and what the prose links, whatever a cell calls it, and no name that is not documented', () => {
    expect(names()).toEqual({
      'threading.Lock': ['/one/#locks'],
      'threading.Thread': ['/one/#threads'],
      'concurrent.futures.ThreadPoolExecutor': ['/one/#locks'],
      'trio.open_nursery': ['/one/#locks'],
    });
  });

  it('leads to the documentation of each', () => {
    const addresses = apiIndex(chapters).flatMap(({ names: all }) => all.map(({ address }) => address));
    expect(addresses).toContain('https://docs.python.org/3.14/library/threading.html#threading.Thread');
    expect(addresses).toContain('https://trio.readthedocs.io/en/stable/reference-core.html#trio.open_nursery');
  });
});

describe('the error index', () => {
  const entry = ({ name, message, places }: ErrorEntry): string =>
    `${name} | ${message} | ${places.map(({ href }) => href).join(' ')}`;

  it('has what ends a run and what is printed, each once, without what the cells make up', () => {
    expect(errorIndex(course.root, chapters).map(entry)).toEqual([
      'AttributeError | no attribute | /one/#start /one/#wait',
      'DeprecationWarning | isSet() is deprecated | /one/#start',
      'RuntimeError | cannot join 0x… | /one/#start',
    ]);
  });
});
