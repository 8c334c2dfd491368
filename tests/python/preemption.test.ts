/** Where a slice may end: anywhere in a program, nowhere inside the kernel. */
import { testProgram } from './support/test-program.ts';

await testProgram('preemption.py');
