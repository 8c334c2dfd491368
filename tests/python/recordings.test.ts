/** What is recorded of threads: a state of each at every moment, in bounded room, and no trace of it afterwards. */
import { testProgram } from './support/test-program.ts';

await testProgram('recordings.py');
