/** What the built folder must and must not have, so that no static host leaves a file of it out or takes one for settings. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { filesBelow } from './support/files-below.ts';

const folder = inject('siteFolder');
const files = filesBelow(folder);
const names = [...new Set(files.flatMap((file) => file.split('/')))];

it('tells GitHub Pages not to leave out names that begin with an underscore', () => {
  expect(names.some((name) => name.startsWith('_'))).toBe(true);
  expect(existsSync(join(folder, '.nojekyll'))).toBe(true);
});

it('has no other hidden file, which a copy or an upload may leave out', () => {
  expect(names.filter((name) => name.startsWith('.'))).toEqual(['.nojekyll']);
});

it('has names that every file system and every address takes as they are', () => {
  expect(names.filter((name) => !/^[a-z0-9._-]+$/i.test(name) || name.endsWith('.'))).toEqual([]);
  // Devices of Windows, with any ending.
  expect(names.filter((name) => /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name))).toEqual([]);
});

it('keeps every file where names do not differ by case alone', () => {
  expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length);
});

it('has no file that a host would read as its own settings or hand out in place of another', () => {
  const settings = /^(?:_headers|_redirects|_routes\.json|_worker\.js|_config\.yml|CNAME|web\.config)$/;
  expect(files.filter((file) => settings.test(file))).toEqual([]);
  const precompressed = files.filter((file) => /\.(?:gz|br|zst)$/.test(file));
  expect(precompressed.length).toBeGreaterThan(0);
  expect(precompressed.filter((file) => files.includes(file.replace(/\.[a-z]+$/, '')))).toEqual([]);
});

it('stays within what free hosts take: 25 MiB a file, and 20,000 files', () => {
  expect(files.filter((file) => statSync(join(folder, file)).size > 25 * 2 ** 20)).toEqual([]);
  expect(files.length).toBeLessThan(20_000);
});
