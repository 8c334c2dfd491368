/** `threading`'s locks: who gets in, how many at once, and that nobody is forgotten. */
import { testProgram } from './support/test-program.ts';

await testProgram('locks.py');
