/**
 * The test suites of distributions from PyPI: the tests come from the wheels that the site is built from
 * (`src/packages/lock.txt`), and judge the packages that readers get.
 * Invariant: all of it has a hash in a lock; without pip nothing of it is run, and that is said.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wheels } from '../../src/kernel/build/packages/wheels.ts';
import type { MountedFile } from '../../src/protocol/to-sandbox.ts';
import { readMount } from '../../src/recorder/driver/read-mount.ts';
import { unpackOnce } from '../wheels/unpack-once.ts';
import { aboutDistributions } from './about-distributions.ts';

const lock = fileURLToPath(new URL('distributions.txt', import.meta.url));

/**
 * What `npm test` runs of the suites of gevent and trio, since all of them together take a quarter of an hour: what the
 * others are built on. `npm run conformance` runs every module.
 */
const inEveryTest = new Set([
  'trio._core._tests.test_guest_mode',
  'trio._core._tests.test_io',
  'trio._core._tests.test_ki',
  'trio._core._tests.test_run',
  'gevent.tests.test__event',
  'gevent.tests.test__greenlet',
  'gevent.tests.test__hub',
  'gevent.tests.test__queue',
  'gevent.tests.test__select',
]);

/** Whether `npm test` runs it. */
export const isQuick = (module: string): boolean =>
  !['gevent', 'trio'].includes(module.split('.')[0] ?? module) || inEveryTest.has(module);

export const isOfDistribution = (module: string): boolean => module in aboutDistributions;

/** Their projects, by the names of the packages. */
const projects = [...new Set(Object.keys(aboutDistributions).map((module) => module.split('.')[0] ?? module))];

/** Where the wheels lie, unpacked; undefined, with the reason printed, if there is no way to get them. */
export async function findDistributions(): Promise<string | undefined> {
  const locked = await wheels();
  const own = projects.map((name) => [name, locked.get(name)] as const);
  const hash = createHash('sha256').update(readFileSync(lock));
  for (const [, wheel] of own) hash.update(wheel ?? '');
  return unpackOnce({
    folder: resolve('.cache/conformance', `distributions-${hash.digest('hex').slice(0, 16)}`),
    lock,
    add: (into) => {
      for (const [name, wheel] of own) {
        if (wheel === undefined) throw new Error(`there is no wheel of ${name}`);
        writeFileSync(join(into, `${name}.whl`), wheel);
      }
    },
    without: `The tests of ${projects.join(', ')} are left out`,
  });
}

/** Most of pygments, which colours what pytest prints, is lexers for languages that no test is written in. */
const isLexer = (inside: string): boolean =>
  inside.startsWith('pygments/lexers/') && !/\/(__init__|_mapping|diff|python)\.py$/u.test(inside);

/**
 * Below `path`: in `suites` the projects' tests, which the runner puts beside the packages that readers get; in `lib` what
 * else the tests import, and stand-ins for what a page cannot have.
 */
export async function distributionFiles(folder: string, path: string): Promise<readonly MountedFile[]> {
  const standIns = fileURLToPath(new URL('stand-ins', import.meta.url));
  const isTest = (inside: string): boolean => {
    const [project = '', ...rest] = inside.split('/');
    return projects.includes(project) && rest.some((part) => part === 'tests' || part === '_tests');
  };
  const isTool = (inside: string): boolean =>
    inside.endsWith('.py') && !projects.includes(inside.split('/')[0] ?? inside) && !isLexer(inside);
  const [tests, tools, others] = await Promise.all([
    readMount(folder, `${path}/suites`, isTest),
    readMount(folder, `${path}/lib`, isTool),
    readMount(standIns, `${path}/lib`),
  ]);
  return [...tests, ...tools, ...others];
}
