/** Sockets: no byte is lost, doubled or out of order, whatever the order of turns and the network. */
import { testProgram } from './support/test-program.ts';

await testProgram('network.py');
