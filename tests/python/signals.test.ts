/** Signals that come at any place, and what they must leave alone. */
import { testProgram } from './support/test-program.ts';

await testProgram('signals.py');
