/** asyncio's loops among threads: what crosses from one to the other arrives, and in time. */
import { testProgram } from './support/test-program.ts';

await testProgram('asyncio_with_threads.py');
