/**
 * `npm run quick [-- FILE ...]`: the checks and tests that are nearest to what has changed (`quick/main.ts`). Runs on Node
 * 20 with nothing installed, so it is plain JavaScript and hands over to the project's own Node.
 */
import { ensureBrowser } from './browser.mjs';
import { ensureInstalled, run } from './install.mjs';

ensureInstalled();
const chromium = ensureBrowser('chromium');
const firefox = ensureBrowser('firefox');
const environment = {
  ...(chromium === undefined ? {} : { CHROMIUM: chromium }),
  ...(firefox === undefined ? {} : { FIREFOX: firefox }),
  RESULTS_FOLDER: 'test-results/quick',
  // Schedules of each test of tests/python: fewer than in `npm test`, so that a change in the kernel takes under two minutes.
  SEEDS: process.env.SEEDS ?? '60',
};
process.exit(run('node', ['src/commands/quick/main.ts', ...process.argv.slice(2)], environment));
