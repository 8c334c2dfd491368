/** Installs packages of a peer below `.cache/peers/`, by npm and by pip as the machine has them set up. Done once a version. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { project } from '../../browser/support/project-copy.ts';

export const cache = path.join(project, '.cache/peers');

type Versions = Readonly<Record<string, string>>;

/** Runs a program to its end; an error has what it said. */
export function run(command: string, args: readonly string[], cwd: string): void {
  mkdirSync(cwd, { recursive: true });
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 28 });
}

/** Does `work` in `folder` unless it was done there for the same `versions`. */
function once(folder: string, versions: Versions, work: () => void): void {
  const [note, wanted] = [path.join(folder, 'installed.json'), JSON.stringify(versions)];
  if (existsSync(note) && readFileSync(note, 'utf8') === wanted) return;
  console.log(`Installing ${told(versions)} into ${path.relative(project, folder)}`);
  mkdirSync(folder, { recursive: true });
  work();
  writeFileSync(note, wanted);
}

export const told = (versions: Versions): string =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');

/** The folder whose `node_modules` has the packages. */
export function fromNpm(name: string, versions: Versions): string {
  const folder = path.join(cache, name);
  once(folder, versions, () => {
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ private: true, type: 'module', dependencies: versions }),
    );
    run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], folder);
  });
  return folder;
}

/** The folder of programs of a virtual environment that has the packages. */
export function fromPyPI(name: string, versions: Versions): string {
  const folder = path.join(cache, name);
  const programs = path.join(folder, 'python/bin');
  once(folder, versions, () => {
    run('python3', ['-m', 'venv', 'python'], folder);
    const packages = Object.entries(versions).map(([name, version]) => `${name}==${version}`);
    run(path.join(programs, 'pip'), ['install', '--quiet', ...packages], folder);
  });
  return programs;
}
