/**
 * The two tables of chapter 9 name everything that `multiprocessing` exports, each name once. What it exports is what the
 * recorded run of the chapter's own cell printed (the suite `recorded` runs that cell again in the readers' interpreter).
 */
import { expect, it } from 'vitest';
import { namesOf, printed } from './named-in-tables.ts';

const folder = '09-multiprocessing-process';
const functions = namesOf(folder, '| function | what it returns or does |');
const rest = namesOf(folder, '| name | what it is | where |');

it('finds both tables', () => {
  expect(functions).toContain('current_process');
  expect(rest).toContain('Process');
});

it('names all that the module exports, and each once', () => {
  expect([...functions, ...rest].sort()).toEqual([...printed(folder, 'module-exports').names].sort());
});
