/**
 * Finds CPython's `test` package: the folder in `CPYTHON_TESTS`, else an installed interpreter's, else Debian's packages,
 * fetched once by apt. Invariant: what is found is of the kernel's minor version or of the one before it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetchDebianTests, type TestPackage } from './debian.ts';

/** In the order in which they are wanted. */
const versions = ['3.14', '3.13'] as const;

const isPackage = (folder: string): boolean =>
  existsSync(join(folder, 'lock_tests.py')) && existsSync(join(folder, 'support/__init__.py'));

/** The folder of an interpreter's own `test` package, which a distribution may have left out. */
const question = `import importlib.util as u, platform
spec = u.find_spec("test")
print(platform.python_version(), *(spec.submodule_search_locations if spec else []), sep="\\n")`;

function askInterpreter(name: string): TestPackage | undefined {
  const { status, stdout } = spawnSync(name, ['-c', question], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [version = '', folder = ''] = stdout.trim().split('\n');
  const wanted = versions.some((minor) => version.startsWith(`${minor}.`));
  return wanted && isPackage(folder) ? { version, folder } : undefined;
}

/** Exits if `CPYTHON_TESTS` names what is none; undefined, with the reason printed, if there is none. */
export function findTestPackage(): TestPackage | undefined {
  const named = process.env['CPYTHON_TESTS'];
  if (named !== undefined) {
    if (isPackage(named)) return { folder: named, version: /python(3\.\d+)/.exec(named)?.[1] ?? 'of unknown version' };
    console.error(
      `CPYTHON_TESTS=${named}: no \`test\` package there. Name the folder that has lock_tests.py, or unset it.`,
    );
    process.exit(69);
  }
  for (const name of [...versions.map((version) => `python${version}`), 'python3', 'python']) {
    const found = askInterpreter(name);
    if (found) return found;
  }
  return fetchDebianTests(versions);
}
