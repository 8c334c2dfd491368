/** What a page says of where an output is from promises only what was tried. */
import { expect, it } from 'vitest';
import { toOptions } from '../../../src/chapters/options.ts';
import type { Producer } from '../../../src/protocol/snapshot.ts';
import { originWords } from '../../../src/site/components/cell/words.ts';

const cell = { id: 'one', source: 'print(1)', options: toOptions({}, 'print(1)') };
const from = (producer: Producer): string =>
  originWords(
    cell,
    {
      format: 1,
      cell: 'one',
      hash: '',
      producer,
      recorded: '2026-11-30T00:00:00Z',
      duration: 0,
      events: [{ type: 'stdout', at: 0, text: '1\n' }],
    },
    undefined,
  );

it('promises the same of a later run when the recorder has run it twice', () => {
  expect(from({ kind: 'browser', python: '3.14.2', pyodide: '314.0.7' })).toMatch(
    /^Recorded with CPython 3\.14\.2 \(Pyodide 314\.0\.7\), 30 Nov 2026; every run/,
  );
});

it('promises nothing of an output that came with a notebook', () => {
  expect(from({ kind: 'notebook', python: '3.12.1' })).toBe(
    'Taken over from a notebook of CPython 3.12.1, 30 Nov 2026',
  );
});
