/** Greenlets: what each is given, what is its thread’s, and how it ends. */
import { testProgram } from './support/test-program.ts';

await testProgram('greenlets.py');
