/** Installs packages of the distribution where that is possible: with apt-get, as root. Plain JavaScript, for Node 20. */
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './install.mjs';

/**
 * @param {readonly string[]} names programs that would do, the best first
 * @returns {string | undefined} the path of the first that is on the PATH
 */
export function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file) && statSync(file).isFile());
}

/**
 * @param {string} what what is installed, for a reader of the terminal
 * @param {readonly string[]} args what `apt-get install` is told
 */
export function installWithApt(what, args) {
  if (process.getuid?.() !== 0 || !onPath(['apt-get'])) return;
  console.log(`Installing ${what} with apt-get …`);
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', ...args], { DEBIAN_FRONTEND: 'noninteractive' });
}
