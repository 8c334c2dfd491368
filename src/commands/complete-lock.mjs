/**
 * `npm run lock`: completes `package-lock.json` after a change of dependencies.
 *
 * npm leaves out the optional packages of other platforms when it cannot reach them, and then `npm ci` refuses the file
 * everywhere and a Mac gets no compiler. Each exact optional dependency that is missing is added with its version and
 * platform; addresses of a registry are removed, since they name one machine's mirror.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const packages = lock.packages;

/** @returns the platform fields of any published version: they do not change between versions */
function platformOf(name) {
  const view = JSON.parse(
    execFileSync('npm', ['view', name, 'os', 'cpu', 'libc', '--json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  return Object.fromEntries(Object.entries(view).map(([key, value]) => [key, [value].flat()]));
}

for (const entry of Object.values(packages)) delete entry.resolved;
for (const [path, entry] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (packages[nested] !== undefined || packages[hoisted] !== undefined) continue;
    if (!/^\d/.test(version)) {
      console.error(
        `${path} wants ${name}@${version}, which is no exact version: run npm install where its registry has it.`,
      );
      process.exitCode = 1;
      continue;
    }
    packages[hoisted] = { version, dev: true, optional: true, ...platformOf(name) };
    console.log(`added ${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
