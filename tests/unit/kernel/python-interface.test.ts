/** What TypeScript and Python say of each other is the same: the machine's operations, and what a worker calls. */
import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { machineStub } from '../../../src/commands/stubs/machine-stub.ts';
import { pageStub } from '../../../src/commands/stubs/page-stub.ts';

const kernel = new URL('../../../src/kernel/', import.meta.url);
const read = (name: string) => readFile(new URL(name, kernel), 'utf8');

it('has the stubs that `npm run stubs` would write again', async () => {
  expect(await read('python/_os_kernel/machine.pyi')).toBe(
    machineStub({
      machine: await read('machine/machine.ts'),
      descriptors: await read('machine/descriptors.ts'),
      calls: await read('machine/c-calls.ts'),
    }),
  );
  expect(await read('python/_kernel/page.pyi')).toBe(
    pageStub(await read('process/page.ts'), await read('../protocol/check.ts'), await read('../protocol/question.ts')),
  );
});

it('binds every operation of the machine, and nothing else', async () => {
  const stub = await read('python/_os_kernel/machine.pyi');
  const [, operations = ''] = stub.split('/) -> object: ...\n');
  const typed = [...operations.matchAll(/^(?:def )?(\w+)[(:]/gm)].map(([, name]) => name);
  const [, bound = ''] = /_OPERATIONS = \(([^)]*)\)/.exec(await read('python/_os_kernel/machine.py')) ?? [];
  const names = [...bound.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(names.sort()).toEqual(typed.sort());
});

it('binds every operation of the table of descriptors, and nothing else', async () => {
  const stub = await read('python/_os_kernel/machine.pyi');
  const [, operations = ''] = stub.split('def attach_descriptors(descriptors: object) -> None: ...\n');
  const [own = ''] = operations.split('\ndef attach(');
  const typed = [...own.matchAll(/^def (\w+)\(/gm)].map(([, name]) => name);
  const [, bound = ''] = /_DESCRIPTOR_OPERATIONS = \(([^)]*)\)/.exec(await read('python/_os_kernel/machine.py')) ?? [];
  const names = [...bound.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(5);
  expect(names.sort()).toEqual(typed.sort());
});

/** How many values each function of an interface takes; undefined for what is no function. */
function called(source: string, name: string): Map<string, number | undefined> {
  const file = ts.createSourceFile('interpreter.ts', source, ts.ScriptTarget.Latest, true);
  const found = file.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  if (found === undefined || !ts.isInterfaceDeclaration(found)) throw new Error(`no interface ${name}`);
  const counts = new Map<string, number | undefined>();
  for (const member of found.members) {
    const of = member.name?.getText(file) ?? '';
    if (ts.isMethodSignature(member)) counts.set(of, member.parameters.length);
    else if (ts.isPropertySignature(member)) {
      const type = member.type;
      const call = type && ts.isTypeLiteralNode(type) ? type.members.find(ts.isCallSignatureDeclaration) : undefined;
      counts.set(of, call?.parameters.length);
    }
  }
  return counts;
}

/** How many values the functions of a Python file, or of one of its classes, take; a name that is given a value, too. */
function defined(source: string, cls?: string): Map<string, number | undefined> {
  const [, body = ''] = cls === undefined ? ['', source] : source.split(`\nclass ${cls}:\n`);
  const [own = ''] = cls === undefined ? [body] : body.split(/^\S/m);
  const indent = cls === undefined ? '' : '    ';
  const counts = new Map<string, number | undefined>();
  for (const [, name = '', list = ''] of own.matchAll(
    new RegExp(`^${indent}(?:async )?def (\\w+)\\(([^)]*)\\)`, 'gm'),
  )) {
    const parameters = list.split(',').filter((each) => each.trim() !== '' && each.trim() !== 'self');
    counts.set(name, parameters.length);
  }
  for (const [, name = ''] of own.matchAll(new RegExp(`^${indent}(\\w+)(?:: [^=]+)? = `, 'gm')))
    counts.set(name, undefined);
  return counts;
}

it.each([
  ['Boot', 'boot.py', undefined],
  ['Notebook', 'notebook.py', 'Notebook'],
] as const)('calls what %s has, with as many values as it takes', async (name, file, cls) => {
  const wanted = called(await read('process/interpreter.ts'), name);
  const given = defined(await read(`python/_kernel/${file}`), cls);
  expect(wanted.size).toBeGreaterThan(3);
  for (const [of, count] of wanted) {
    expect(given.has(of), `${file} has ${of}`).toBe(true);
    expect(given.get(of), `${of} in ${file}`).toBe(count);
  }
});
