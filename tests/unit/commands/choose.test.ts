/** What `npm run quick` chooses for files that changed. */
import { expect, it } from 'vitest';
import { choose } from '../../../src/commands/quick/choose.ts';

const suites = ['unit', 'kernel', 'browser', 'recorded'];
const chosen = (files: readonly string[], among: readonly string[] = suites, gone: readonly string[] = []) =>
  Object.fromEntries(choose(files, among, (file) => !gone.includes(file)).map(({ what, files }) => [what, files]));

it('checks the text of what changed, and types, for TypeScript', () => {
  const file = 'src/session/heartbeat.ts';
  expect(chosen([file])).toMatchObject({ format: [file], types: ['all'], lint: [file] });
});

it('runs the unit tests that import what changed and those of its room', () => {
  const { unit } = chosen(['src/session/heartbeat.ts']);
  expect(unit).toContain('src/session/heartbeat.ts');
  expect(unit).toContain('tests/unit/read-message.test.ts');
  expect(unit).not.toContain('tests/unit/compare/compare.test.ts');
});

it('runs the tests in a browser that rooms.mjs names for the file', () => {
  const choice = chosen(['src/session/heartbeat.ts', 'src/island/live/replay.ts']);
  expect(choice['kernel']).toEqual(['tests/kernel/session.test.ts']);
  expect(choice['browser']).toEqual(['tests/browser/cell-loss.test.ts', 'tests/browser/cell-replay.test.ts']);
});

it('runs ruff and no types for Python', () => {
  const file = 'src/kernel/python/_kernel/checks.py';
  const choice = chosen([file]);
  expect(choice).toMatchObject({ 'python lint': [file], kernel: ['tests/kernel/checks.test.ts'] });
  expect(choice).not.toHaveProperty('types');
  expect(choice).not.toHaveProperty('lint');
});

it('runs a test file that changed itself, and names no suite that is not there', () => {
  expect(chosen(['tests/kernel/memory.test.ts'])['kernel']).toEqual(['tests/kernel/memory.test.ts']);
  expect(chosen(['tests/kernel/memory.test.ts'], ['unit'])).not.toHaveProperty('kernel');
});

it('runs the recorded cells of a chapter that changed', () => {
  const choice = chosen(['content/02-iterators-and-generators/index.mdx', 'content/glossary.yaml']);
  expect(choice['recorded']).toEqual(['02-iterators-and-generators']);
});

it('formats and lints nothing that is gone, and runs what its room names', () => {
  const file = 'src/session/gone.ts';
  const choice = chosen([file], suites, [file]);
  expect(choice).not.toHaveProperty('format');
  expect(choice).toMatchObject({ types: ['all'], kernel: ['tests/kernel/session.test.ts'] });
});
