/**
 * `node src/commands/own-node.mjs FILE [ARGS]` runs a TypeScript file of the project, whichever Node was called. One that
 * is as new as the project's own goes on in this process; any other hands over to the project's own. A file
 * that an older Node is given itself ends with ERR_UNKNOWN_FILE_EXTENSION before any line of ours can say why.
 *
 * Runs on Node 20 with nothing installed, so it is plain JavaScript.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './install.mjs';

const major = (/** @type {string} */ version) => Number(version.split('.', 1)[0]);
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const [file = '', ...words] = process.argv.slice(2);
if (!file.endsWith('.ts') || !existsSync(resolve(root, file))) {
  console.error('node src/commands/own-node.mjs FILE.ts [ARGS]: FILE is a path from the project’s root. Use npm run.');
  process.exit(2);
}
if (major(process.versions.node) >= major(devDependencies.node)) {
  process.argv.splice(1, process.argv.length - 1, resolve(root, file), ...words);
  await import(pathToFileURL(resolve(root, file)).href);
} else if (existsSync(join(root, 'node_modules/.bin/node'))) {
  process.exit(run('node', [file, ...words]));
} else {
  console.error(
    `Node ${process.versions.node} is too old for this command, and the project’s own Node is not installed. Run npm ci once; then use npm run.`,
  );
  process.exit(1);
}
