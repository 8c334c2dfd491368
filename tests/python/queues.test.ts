/** `queue`: every item comes out once, whatever the order of turns and however somebody gives up. */
import { testProgram } from './support/test-program.ts';

await testProgram('queues.py');
