/** `npm run stubs`: writes what is made from TypeScript for Python; a unit test says when it has to be run again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { machineStub } from './machine-stub.ts';

const kernel = new URL('../../kernel/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, kernel), 'utf8');
const stub = machineStub(read('machine/machine.ts'), read('machine/descriptors.ts'));
writeFileSync(new URL('python/_os_kernel/machine.pyi', kernel), stub);
