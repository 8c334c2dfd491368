/** `npm run pack`: builds the site and packs it for people without Node (`pack/release.ts`); on Node 20 with nothing installed. */
import { ensureInstalled, run } from './install.mjs';
import { ensurePip } from './pip.mjs';

ensureInstalled();
ensurePip();
if (run('node', ['src/commands/astro.mjs', 'build']) !== 0) process.exit(1);
process.exit(run('node', ['src/commands/pack/main.ts', 'dist']));
