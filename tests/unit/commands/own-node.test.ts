/** A command of package.json can be started by any Node: an older one hands over to the project's own, and none ends in a riddle. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const launcher = 'src/commands/own-node.mjs';

/** A Node of this machine that does not read TypeScript; undefined where there is none. */
const older = ['/usr/bin/node', '/usr/local/bin/node'].find(
  (path) =>
    existsSync(path) &&
    execFileSync(path, ['-p', 'Boolean(process.features.typescript)'], { encoding: 'utf8' }) === 'false\n',
);

it.each(Object.entries(scripts))(
  'npm run %s names no TypeScript that an older Node would be given itself',
  (_name, line) => {
    for (const part of line.split('&&')) expect(part.trim()).not.toMatch(/^node \S+\.ts\b/);
  },
);

describe('the launcher', () => {
  const run = (node: string, ...words: readonly string[]) =>
    spawnSync(node, [launcher, ...words], { cwd: root, encoding: 'utf8' });

  it('runs a file with its words, and hands on how it ended', () => {
    expect(run(process.execPath, 'src/commands/check-host/main.ts')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('npm run check-host -- URL') as string,
    });
  });

  it('says how it is called', () => {
    expect(run(process.execPath, 'no/such.ts')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Use npm run.') as string,
    });
  });

  // Only where the machine has such a Node beside the project's.
  it.skipIf(older === undefined)('hands over from a Node that cannot read TypeScript', () => {
    expect(run(older ?? '', 'src/commands/check-host/main.ts')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('npm run check-host -- URL') as string,
    });
  });
});
