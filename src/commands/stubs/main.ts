/** `npm run stubs`: writes what is made from TypeScript for Python; a unit test says when it has to be run again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { machineStub } from './machine-stub.ts';

const kernel = new URL('../../kernel/', import.meta.url);
const source = readFileSync(new URL('machine/machine.ts', kernel), 'utf8');
writeFileSync(new URL('python/_os_kernel/machine.pyi', kernel), machineStub(source));
