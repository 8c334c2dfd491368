/** The name of a schedule is read back as it was written, and its mark changes with the program. */
import { expect, it } from 'vitest';
import { mark } from '../../../src/schedules/mark.ts';
import { readName, writeName } from '../../../src/schedules/schedule-name.ts';

const program = { source: 'print(1)', before: [], beside: {} };

it('is read back as it was written', () => {
  const name = { granularity: 'instruction', python: '3.14.2', mark: mark(program), schedule: '1p12:2+0b3:1' } as const;
  expect(readName(writeName(name))).toEqual(name);
});

it.each(['', 'gil-3.14.2-plain', 'gil-3.14.2-1a2b3c4d-1x2:3', 'line-3.14.2-1a2b3c4d-plain'])('is not “%s”', (text) => {
  expect(readName(text)).toBeUndefined();
});

it('has a mark that changes with the program, with what runs before it and with its modules', () => {
  const part = { filename: 'a', source: 'x = 1' };
  const others = [
    { ...program, source: 'print(2)' },
    { ...program, before: [part] },
    { ...program, before: [part, part] },
    { ...program, beside: { a: 'x = 1' } },
  ];
  const marks = [program, ...others].map(mark);
  expect(new Set(marks).size).toBe(marks.length);
  expect(mark({ ...program })).toBe(marks[0]);
  // Nor how its lines end.
  expect(mark({ ...program, source: 'print(1)\r\n' })).toBe(marks[0]);
  // The names of files do not count: the same program may stand elsewhere.
  expect(mark({ ...program, before: [{ ...part, filename: 'b' }] })).toBe(marks[2]);
  for (const one of marks) expect(one).toMatch(/^[0-9a-f]{8}$/);
});
