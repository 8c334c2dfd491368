/**
 * Installs the dependencies when they are missing or older than the lock file, and puts their programs first on the
 * PATH. Runs on Node 20 with nothing installed, so it is plain JavaScript and imports nothing but Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const stamp = join(root, 'node_modules', '.package-lock.json');

/** npm's own record of what is installed names the same versions as the lock file. */
function isInstalled() {
  if (!existsSync(stamp)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(stamp, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

/** @returns {NodeJS.ProcessEnv} the environment in which the project's programs, its own Node among them, come first */
export function projectEnvironment() {
  return { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) };
}

/**
 * Runs a program of the project and waits for it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {number} its exit code, 1 if it could not start or was killed
 */
export function run(command, args, extra = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...projectEnvironment(), ...extra } });
  if (done.error) console.error(`Cannot start ${command}: ${done.error.message}`);
  return done.status ?? 1;
}

/**
 * Runs a program of the project and hands on what it says, so that several can run at once.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} extra
 * @param {(text: string) => void} onText
 * @returns {Promise<number>} its exit code, 1 if it could not start or was killed
 */
export function runBeside(command, args, extra, onText) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...projectEnvironment(), ...extra },
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onText);
    child.on('error', ({ message }) => {
      onText(`Cannot start ${command}: ${message}\n`);
      resolve(1);
    });
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** Ends the process with an explanation when npm fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing dependencies (npm ci) …');
  if (run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) {
    console.error(
      'npm ci failed: see its message above. Mend it (often the network or a proxy), then run the command again.',
    );
    process.exit(1);
  }
}
