/**
 * The table of chapter 7 names every function that `threading` exports, and the rest that is not a class, each name once.
 * What it exports is what the recorded run of the chapter's own cell printed (the suite `recorded` runs that cell again
 * in the readers' interpreter).
 */
import { expect, it } from 'vitest';
import { namesOf, printed } from './named-in-tables.ts';

const folder = '07-threading-timers-daemons-helpers';
const exported = printed(folder, 'module-functions');
const table = namesOf(folder, '| name | what it returns or does |');

it('finds the table and the recorded names', () => {
  expect(table).toContain('current_thread');
  // Above the names stands how many there are.
  expect(exported.names).toHaveLength(Number.parseInt(exported.first, 10));
});

it('names all that the module exports besides its classes, and each once', () => {
  expect([...table].sort()).toEqual([...exported.names].sort());
});
