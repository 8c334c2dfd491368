/**
 * `npm test [-- SUITE ...]`: installs what is missing, then runs every suite, or those named (`suites/main.ts`). Runs on
 * Node 20 with nothing installed, so it is plain JavaScript and hands over to the project's own Node.
 */
import { ensureBrowser } from './browser.mjs';
import { ensureInstalled, run } from './install.mjs';
import { ensurePip } from './pip.mjs';

ensureInstalled();
ensurePip();
const chromium = ensureBrowser('chromium');
if (chromium === undefined) {
  console.error(
    'No Chromium: the browser tests need one. Install it, or name its program: CHROMIUM=/path/to/chromium npm test',
  );
  process.exit(1);
}
const firefox = ensureBrowser('firefox');
const webkit = ensureBrowser('webkit');
if (webkit === undefined) console.warn('No WebKit could be installed: its tests are skipped.');
const browsers = {
  CHROMIUM: chromium,
  ...(firefox === undefined ? {} : { FIREFOX: firefox }),
  ...(webkit === undefined ? {} : { WEBKIT_DRIVER: webkit }),
};
process.exit(run('node', ['src/commands/suites/main.ts', ...process.argv.slice(2)], browsers));
