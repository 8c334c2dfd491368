/** Deadlines: they come in their order, never early, and one that is not needed any more is gone. */
import { testProgram } from './support/test-program.ts';

await testProgram('timers.py');
