/** Which room a file belongs to, and which of the project's tests are a room's: `rooms.mjs` read for one file at a time. */
import { globSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { rooms, type Room } from '../../../rooms.mjs';

const matches = (file: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => matchesGlob(file, pattern));

/** `file` from the project's root, with forward slashes. The first room that names it has it. */
export function roomOf(file: string): Room | undefined {
  return rooms.find(({ files }) => matches(file, files));
}

/** The suite that a test file is a part of; undefined for what is no test file. */
export function suiteOf(file: string): string | undefined {
  return /^(?:content\/)?tests\/(\w+)\/.*\.test\.ts$/.exec(file)?.[1];
}

/** The tests of the slow suites that `npm run quick` runs for a change of `file`, which is of `room`. */
export function quickTests({ quick }: Room, file: string): readonly string[] {
  const lines = quick.filter(({ changed }) => changed !== '**' && matchesGlob(file, changed));
  const chosen = lines.length > 0 ? lines : quick.filter(({ changed }) => changed === '**');
  return chosen.flatMap(({ run }) => run);
}

/** What one pattern for tests names now. */
export const filesOf = (pattern: string): readonly string[] =>
  globSync('{tests,content/tests}/**/*.test.ts')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => matchesGlob(file, pattern))
    .sort();
