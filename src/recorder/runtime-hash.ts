/**
 * One hash for all that runs a recorded cell and judges it, but for the cell itself: the kernel as readers get it, the
 * session, the rules of comparison, the recorder, the browser.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../commands/browser.mjs';
import { buildRuntime } from '../kernel/build/build-runtime.ts';
import { driverScript, runtimeFolder } from './driver/server.ts';

const source = fileURLToPath(new URL('..', import.meta.url));

/** The manifest names every file of the runtime by its content, and holds the frame with the kernel's scripts. */
async function runtime(): Promise<string> {
  await buildRuntime(runtimeFolder);
  return await readFile(join(runtimeFolder, 'manifest.json'), 'utf8');
}

function browserVersion(): string {
  const program = findBrowser('chromium');
  return program === undefined ? '' : spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout;
}

/** Takes a second or so when the runtime is built already. */
export async function runtimeHash(): Promise<string> {
  const [built, page] = await Promise.all([runtime(), driverScript()]);
  const hash = createHash('sha256').update(JSON.stringify([built, page, browserVersion()]));
  for (const file of globSync('{compare,recorder}/**/*.ts', { cwd: source }).sort()) {
    hash.update(JSON.stringify([file, readFileSync(join(source, file), 'utf8')]));
  }
  return hash.digest('hex');
}
