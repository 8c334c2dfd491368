/**
 * Finds the browsers that tests and the recorder drive, installing one where that is possible: the path in the
 * environment, else one on the PATH, else the test tool's own download, else the distribution's package when root.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installWithApt, onPath } from './apt.mjs';
import { projectEnvironment, run } from './install.mjs';

/** @typedef {'chromium' | 'firefox' | 'webkit'} Kind */

/**
 * `names` are the programs that would do, the best first; `beside` are those that all have to be there as well; `install` is what apt-get is told.
 * @type {Readonly<Record<Kind, {variable: string, names: string[], beside: string[], install: string[]}>>}
 */
const known = {
  chromium: {
    variable: 'CHROMIUM',
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    beside: [],
    install: ['chromium'],
  },
  firefox: { variable: 'FIREFOX', names: ['firefox', 'firefox-esr'], beside: [], install: ['firefox-esr'] },
  // The driver starts the browser, which cannot do without a screen.
  webkit: {
    variable: 'WEBKIT_DRIVER',
    names: ['WebKitWebDriver'],
    beside: ['Xvfb'],
    // What WebKitGTK only recommends is another hundred packages, for film and sound.
    install: ['--no-install-recommends', 'webkit2gtk-driver', 'xvfb'],
  },
};

/** The test tool's own download, when it has been made. */
function downloaded() {
  const asked = spawnSync(
    'node',
    ['-e', "process.stdout.write(require('playwright-core').chromium.executablePath())"],
    {
      env: projectEnvironment(),
      encoding: 'utf8',
    },
  );
  return asked.status === 0 && existsSync(asked.stdout) ? asked.stdout : undefined;
}

/**
 * @param {Kind} kind
 * @returns {string | undefined} the program's path
 */
export function findBrowser(kind) {
  const { variable, names, beside } = known[kind];
  const named = process.env[variable];
  if (named !== undefined) {
    if (existsSync(named)) return named;
    console.error(
      `${variable}=${named}: there is no such file. Name a ${kind} program, or unset ${variable} to have one looked for.`,
    );
    process.exit(1);
  }
  if (!beside.every((name) => onPath([name]))) return undefined;
  return onPath(names) ?? (kind === 'chromium' ? downloaded() : undefined);
}

/**
 * Like `findBrowser`, but installs the browser when there is none.
 * @param {Kind} kind
 * @returns {string | undefined} the program's path
 */
export function ensureBrowser(kind) {
  const found = findBrowser(kind);
  if (found !== undefined) return found;
  if (kind === 'chromium') {
    console.log('No Chromium found: trying the download of playwright-core …');
    run('playwright-core', ['install', 'chromium']);
    const fetched = downloaded();
    if (fetched !== undefined) return fetched;
  }
  installWithApt(kind, known[kind].install);
  return findBrowser(kind);
}
