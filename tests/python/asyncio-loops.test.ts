/** asyncio's loops in several threads: what each watches, what wakes it, and what it is told of slow steps. */
import { testProgram } from './support/test-program.ts';

await testProgram('asyncio_loops.py');
