/** `npm start`: installs what is missing, builds, and serves the built site, the same files that a host would serve. */
import { createServer } from 'node:net';
import { ensureInstalled, run } from './install.mjs';
import { ensurePip } from './pip.mjs';

const astro = 'src/commands/astro.mjs';
const port = Number(process.env.PORT ?? 4321);

/** @returns {Promise<boolean>} whether the port is free on every local address */
function isFree() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

if (!(await isFree())) {
  console.error(`Port ${port} is in use. Stop what listens there, or choose another: PORT=4322 npm start`);
  process.exit(1);
}
ensureInstalled();
ensurePip();
if (run('node', [astro, 'build']) !== 0) process.exit(1);
console.log(`\nThe course is at http://localhost:${port}/ (Ctrl+C ends it).\n`);
process.exit(run('node', [astro, 'preview', '--port', String(port)]));
