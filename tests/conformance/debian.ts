/**
 * Fetches CPython's `test` package from the mirror that this machine's apt uses, when it is Debian's: the packages of a
 * suite that has a wanted version, unpacked into `.cache/`. Invariant: nothing is installed, apt's own lists stay as they are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface TestPackage {
  readonly folder: string;
  /** `3.14.10`, or less of it when no more is known. */
  readonly version: string;
}

const cache = resolve('.cache/conformance/debian');
const noted = join(cache, 'package.json');
/** The first has the newest releases; the second has the version before for years. */
const suites = ['unstable', 'stable'];

/** What `program` printed; undefined if it failed or is not there. */
function output(program: string, words: readonly string[], cwd?: string): string | undefined {
  const { status, stdout } = spawnSync(program, words, { encoding: 'utf8', cwd, maxBuffer: 1 << 26 });
  return status === 0 ? stdout : undefined;
}

/** Options that keep apt to one suite and to a folder of its own. */
function only(suite: string, mirror: string): string[] {
  const own = join(cache, suite);
  for (const folder of ['lists/partial', 'archives/partial']) mkdirSync(join(own, folder), { recursive: true });
  writeFileSync(join(own, 'sources.list'), `deb ${mirror} ${suite} main\n`);
  return [
    ['Dir::Etc::SourceList', join(own, 'sources.list')],
    ['Dir::Etc::SourceParts', '/dev/null'],
    ['Dir::State::Lists', join(own, 'lists')],
    ['Dir::Cache', own],
    ['Acquire::Languages', 'none'],
    ['Acquire::IndexTargets::deb::DEP-11::DefaultEnabled', 'false'],
  ].flatMap(([name = '', value = '']) => ['-o', `${name}=${value}`]);
}

function fetchFrom(suite: string, mirror: string, versions: readonly string[]): TestPackage | undefined {
  const options = only(suite, mirror);
  if (output('apt-get', [...options, '-qq', 'update']) === undefined) return undefined;
  for (const minor of versions) {
    const folder = join(cache, minor);
    mkdirSync(folder, { recursive: true });
    // `test.support` is in the package of the library.
    const names = ['testsuite', 'stdlib'].map((part) => `libpython${minor}-${part}`);
    if (output('apt-get', [...options, '-qq', 'download', ...names], folder) === undefined) continue;
    const archives = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    if (archives.some((name) => output('dpkg-deb', ['-x', name, '.'], folder) === undefined)) continue;
    for (const name of archives) rmSync(join(folder, name));
    const version = /_([\d.]+)/.exec(archives[0] ?? '')?.[1] ?? minor;
    return { folder: join(folder, `usr/lib/python${minor}/test`), version };
  }
  return undefined;
}

/** Undefined, with the reason printed, where there is none to be had. */
export function fetchDebianTests(versions: readonly string[]): TestPackage | undefined {
  if (existsSync(noted)) return JSON.parse(readFileSync(noted, 'utf8')) as TestPackage;
  const words = ['indextargets', '--format', '$(SITE)', 'Origin: Debian', 'Created-By: Packages'];
  const mirror = output('apt-get', words)?.split('\n')[0];
  if (mirror === undefined || mirror === '') {
    console.log('No CPython 3.14 or 3.13 with its `test` package is installed, and there is no apt of Debian to ask.');
    return undefined;
  }
  console.log('Fetching the `test` package of CPython with apt-get …');
  try {
    for (const suite of suites) {
      const found = fetchFrom(suite, mirror, versions);
      if (found === undefined) continue;
      writeFileSync(noted, JSON.stringify(found));
      return found;
    }
  } finally {
    for (const suite of suites) rmSync(join(cache, suite), { recursive: true, force: true });
  }
  console.log("apt's mirror has no `test` package of CPython 3.14 or 3.13, or could not be reached.");
  return undefined;
}
