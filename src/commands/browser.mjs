/**
 * Finds the browsers that tests and the recorder drive, installing one where that is possible: the path in the
 * environment, else one on the PATH, else the test tool's own download, else the distribution's package when root.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectEnvironment, run } from './install.mjs';

const known = {
  chromium: { variable: 'CHROMIUM', names: ['chromium', 'chromium-browser', 'google-chrome'], package: 'chromium' },
  firefox: { variable: 'FIREFOX', names: ['firefox', 'firefox-esr'], package: 'firefox-esr' },
};

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file) && statSync(file).isFile());
}

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

function installPackage(name) {
  if (process.getuid?.() !== 0 || !onPath(['apt-get'])) return;
  console.log(`Installing ${name} with apt-get …`);
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', name], { DEBIAN_FRONTEND: 'noninteractive' });
}

/**
 * @param {'chromium' | 'firefox'} kind
 * @returns {string | undefined} the program's path
 */
export function findBrowser(kind) {
  const { variable, names } = known[kind];
  const named = process.env[variable];
  if (named !== undefined) {
    if (existsSync(named)) return named;
    console.error(
      `${variable}=${named}: there is no such file. Name a ${kind} program, or unset ${variable} to have one looked for.`,
    );
    process.exit(1);
  }
  return onPath(names) ?? (kind === 'chromium' ? downloaded() : undefined);
}

/**
 * Like `findBrowser`, but installs the browser when there is none.
 * @param {'chromium' | 'firefox'} kind
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
  installPackage(known[kind].package);
  return onPath(known[kind].names);
}
