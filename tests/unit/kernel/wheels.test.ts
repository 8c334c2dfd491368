/** A builder's machine without Python, without pip, or with another file than the lock names: no packages, and one line that says why. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wheels } from '../../../src/kernel/build/packages/wheels.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wheels-'));
  mkdirSync(join(folder, 'bin'));
  // Nothing else is on the PATH.
  symlinkSync(process.execPath, join(folder, 'bin/node'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const code = (source: string) =>
  `import { wheels } from ${JSON.stringify(
    join(import.meta.dirname, '../../../src/kernel/build/packages/wheels.ts'),
  )}; ${source}`;

/** Asks for the wheels twice, as a build does, in a folder that has none yet. */
function build() {
  const source = code('await wheels(); console.log((await wheels()).size);');
  const options = { cwd: folder, env: { PATH: join(folder, 'bin') }, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], options);
  return { stdout, warned: stderr.split('\n').filter((line) => line.startsWith('The site is built')) };
}

function python(...lines: readonly string[]): void {
  writeFileSync(join(folder, 'bin/python3'), ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(join(folder, 'bin/python3'), 0o755);
}

const beginning =
  'The site is built without packages and time zones, which Python’s pip fetches from PyPI (docs/packages.md): ';

describe.skipIf(process.platform === 'win32')('there are no packages, and one warning', () => {
  it('without Python', () => {
    expect(build()).toEqual({
      stdout: '0\n',
      warned: [`${beginning}spawn python3 ENOENT; spawn python ENOENT`],
    });
  });

  it('without pip', () => {
    python('echo "/usr/bin/python3: No module named pip" >&2', 'exit 1');
    expect(build()).toEqual({
      stdout: '0\n',
      warned: [`${beginning}/usr/bin/python3: No module named pip; spawn python ENOENT`],
    });
  });
});

const { size } = await wheels();
const kept = size > 0 ? readdirSync('.cache/runtime', { recursive: true, encoding: 'utf8' }) : [];
const [sniffio] = kept.filter((file) => /sniffio-[^/]*\.whl$/.test(file));

// Both lock files name the same release, which pip finds in a folder: no network is needed.
describe.runIf(size > 0)('pip', () => {
  const download = (hash: string) => {
    const [shelf, brought, lock] = ['shelf', 'brought', 'lock.txt'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(shelf);
    copyFileSync(join('.cache/runtime', sniffio ?? ''), join(shelf, basename(sniffio ?? '')));
    writeFileSync(lock, `sniffio==1.3.1 --hash=sha256:${hash}\n`);
    const source = `import { downloadWheels } from ${JSON.stringify(
      join(import.meta.dirname, '../../../src/packages/pip.ts'),
    )}; await downloadWheels(${JSON.stringify(lock)}, ${JSON.stringify(brought)}).catch((error) => console.log(error.message));`;
    const env = { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: shelf };
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', source], { env, encoding: 'utf8' });
    return { said, brought: spawnSync('ls', [brought], { encoding: 'utf8' }).stdout };
  };

  it('takes a file that has the lock’s hash', () => {
    const right = '2f6da418d1f1e0fddd844478f41680e794e6051915791a034ff65e5f100525a2'; // From lock.txt.
    expect(download(right)).toEqual({ said: '', brought: `${basename(sniffio ?? '')}\n` });
  });

  it('refuses one that has not', () => {
    const { said, brought } = download('0'.repeat(64));
    expect(said).toContain('THESE PACKAGES DO NOT MATCH THE HASHES');
    expect(brought).toBe('');
  });
});
