/** Threads: their start, their end, what belongs to each, and what is said when none can go on. */
import { testProgram } from './support/test-program.ts';

await testProgram('threads.py');
