/**
 * The test suites of distributions from PyPI, run from the wheels that the site is built from (`src/packages/lock.txt`), with
 * their extension modules left out. Invariant: all of it has a hash in a lock; without pip nothing of it is run, and that is said.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wheels } from '../../src/kernel/build/packages/wheels.ts';
import { downloadWheels, runPython } from '../../src/packages/pip.ts';
import type { MountedFile } from '../../src/protocol/to-sandbox.ts';
import { readMount } from '../../src/recorder/driver/read-mount.ts';

const lock = fileURLToPath(new URL('distributions.txt', import.meta.url));

/** What each module of tests is about. */
export const aboutDistributions: Readonly<Record<string, string>> = {
  'greenlet.tests.test_greenlet': 'greenlet: `switch`, `throw`, parents, threads, garbage',
  'greenlet.tests.test_contextvars': 'greenlet: a context for each',
  'greenlet.tests.test_gc': 'greenlet: the garbage collector',
  'greenlet.tests.test_generator': 'greenlet: generators made of greenlets',
  'greenlet.tests.test_generator_nested': 'greenlet: nested generators made of greenlets',
  'greenlet.tests.test_greenlet_trash': 'greenlet: switches while objects are freed',
  'greenlet.tests.test_leaks': 'greenlet: what is left when threads end',
  'greenlet.tests.test_stack_saved': 'greenlet: the stack that is put aside',
  'greenlet.tests.test_throw': 'greenlet: `throw`',
  'greenlet.tests.test_tracing': 'greenlet: `settrace`, and `sys.setprofile` across switches',
  'greenlet.tests.test_weakref': 'greenlet: weak references',
};

export const isOfDistribution = (module: string): boolean => module in aboutDistributions;

/** Where the wheels lie, unpacked; undefined, with the reason printed, if there is no way to get them. */
export async function findDistributions(): Promise<string | undefined> {
  const locked = await wheels();
  const names = [...new Set(Object.keys(aboutDistributions).map((module) => module.split('.')[0] ?? module))];
  const own = names.map((name) => [name, locked.get(name)] as const);
  const hash = createHash('sha256').update(readFileSync(lock));
  for (const [, wheel] of own) hash.update(wheel ?? '');
  const folder = resolve('.cache/conformance', `distributions-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${String(process.pid)}`;
  try {
    mkdirSync(partial, { recursive: true });
    for (const [name, wheel] of own) {
      if (wheel === undefined) throw new Error(`there is no wheel of ${name}`);
      writeFileSync(join(partial, `${name}.whl`), wheel);
    }
    await downloadWheels(lock, partial);
    for (const file of readdirSync(partial))
      await runPython(['-m', 'zipfile', '-e', join(partial, file), join(partial, 'lib')]);
    renameSync(join(partial, 'lib'), folder);
    return folder;
  } catch (reason) {
    console.log(
      `The tests of ${names.join(', ')} are left out: ${reason instanceof Error ? reason.message : String(reason)}`,
    );
    return undefined;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Their Python files, and stand-ins for what their tests import and a page cannot have. */
export async function distributionFiles(folder: string, path: string): Promise<readonly MountedFile[]> {
  const standIns = fileURLToPath(new URL('stand-ins', import.meta.url));
  return [...(await readMount(folder, path, (inside) => inside.endsWith('.py'))), ...(await readMount(standIns, path))];
}
