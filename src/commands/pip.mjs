/**
 * Sees to it that Python's pip is there, which fetches the packages that cells import. Without it the site is built all the
 * same, without packages (docs/packages.md), so nothing here fails. Plain JavaScript, for Node 20.
 */
import { spawnSync } from 'node:child_process';
import { installWithApt } from './apt.mjs';

const pythons = process.platform === 'win32' ? ['py', 'python'] : ['python3', 'python'];

/** @returns {boolean} whether some Python of this machine has pip */
function hasPip() {
  return pythons.some((python) => spawnSync(python, ['-m', 'pip', '--version'], { stdio: 'ignore' }).status === 0);
}

/** Installs Python and pip when there is none and apt-get can. What pip recommends are compilers, which nothing needs. */
export function ensurePip() {
  if (!hasPip()) installWithApt('pip', ['--no-install-recommends', 'python3-pip']);
}
