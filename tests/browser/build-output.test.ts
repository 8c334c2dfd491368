/** A build that is all right says nothing odd: no warning of any tool, no notice of telemetry. */
import { stripVTControlCharacters } from 'node:util';
import { expect, inject, it } from 'vitest';

const said = inject('buildOutput');

// Undefined when SITE_FOLDER names a site that was built before.
it.skipIf(said === undefined)('tells what it does, and warns of nothing', () => {
  const { stdout, stderr } = said ?? { stdout: '', stderr: '' };
  const lines = stripVTControlCharacters(stdout).split('\n');
  expect(lines.join('\n')).toContain('page(s) built');
  expect(lines.filter((line) => /warn|telemetry|deprecat|may not be/i.test(line))).toEqual([]);
  expect(stripVTControlCharacters(stderr)).toBe('');
});
