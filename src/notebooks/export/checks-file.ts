/** The checks of an exercise as a program: it says of the reader's file, which lies beside it, which of them it passes. */
import { readFileSync } from 'node:fs';
import type { WriteExercise } from '../../protocol/exercise.ts';

const frame = readFileSync(new URL('../checks.py', import.meta.url), 'utf8');

/** The file beside a program that checks it. */
export const checksName = (program: string): string => `${program.replace(/\.py$/, '')}_checks.py`;

/** `program` is the name of the reader's file. */
export function checksFile({ checkSource }: WriteExercise, program: string): string {
  return frame
    .replaceAll('PROGRAM', () => program)
    .replace(/^# CHECKS$/m, () => `# The checks.\n${checkSource.trimEnd()}`);
}
