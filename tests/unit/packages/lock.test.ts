/** The lock of the packages: every file by its hash, no address, and an index that says the same. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { distributions, distributionsOf, normalName, withRequirements } from '../../../src/packages/distributions.ts';
import { readLock } from '../../../src/packages/read-lock.ts';

const lock = await readFile('src/packages/lock.txt', 'utf8');
const wanted = await readFile('src/packages/wanted.in', 'utf8');

describe('the lock', () => {
  it('names the host of no index', () => {
    expect(lock).not.toMatch(/https?:|--(?:extra-)?index-url|--find-links/);
  });

  it('has a hash for every release', () => {
    const releases = lock.split(/^(?=[a-z])/m).slice(1);
    expect(releases.length).toBe(readLock(lock).size);
    for (const release of releases) expect(release).toMatch(/--hash=sha256:[0-9a-f]{64}/);
  });

  it('holds what is wanted', () => {
    const names = wanted.split('\n').filter((line) => /^[a-z]/.test(line));
    expect([...readLock(lock).keys()]).toEqual(expect.arrayContaining(names));
  });
});

describe('the index', () => {
  it('has the releases of the lock, but for the time zones', () => {
    const locked = [...readLock(lock)].map(([name, { version }]) => [name, version]);
    expect(Object.entries(distributions).map(([name, { version }]) => [name, version])).toEqual(
      locked.filter(([name]) => name !== 'tzdata'),
    );
  });

  it('says what each requires, as the lock does', () => {
    for (const [name, { via }] of readLock(lock)) {
      const requiring = Object.entries(distributions).filter(([, { requires }]) => requires.includes(name));
      expect(requiring.map(([each]) => each).sort()).toEqual([...via].sort());
    }
  });
});

describe('what a module belongs to', () => {
  it.each([
    ['trio', ['trio']],
    ['trio.lowlevel', ['trio']],
    ['attr', ['attrs']],
    ['zope.interface.verify', ['zope-interface']],
    ['zope', ['zope-event', 'zope-interface']],
    ['tri', []],
    ['numpy', []],
  ])('%s', (module, names) => {
    expect(distributionsOf(module)).toEqual(names);
  });
});

it('what a distribution requires comes with it, and what that requires', () => {
  expect(withRequirements(['outcome', 'numpy'])).toEqual(['attrs', 'outcome']);
});

it('names are compared in the normal form of PyPI', () => {
  expect(normalName('Zope.Interface')).toBe('zope-interface');
});
