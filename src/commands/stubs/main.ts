/** `npm run stubs`: writes what is made from TypeScript for Python; a unit test says when it has to be run again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { machineStub } from './machine-stub.ts';
import { pageStub } from './page-stub.ts';

const kernel = new URL('../../kernel/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, kernel), 'utf8');
const stub = machineStub({
  machine: read('machine/machine.ts'),
  descriptors: read('machine/descriptors.ts'),
  calls: read('machine/c-calls.ts'),
});
writeFileSync(new URL('python/_os_kernel/machine.pyi', kernel), stub);
writeFileSync(
  new URL('python/_kernel/page.pyi', kernel),
  pageStub(read('process/page.ts'), read('../protocol/check.ts'), read('../protocol/question.ts')),
);
