/**
 * JupyterLite's console, which runs the program that its address holds. Its Pyodide is that of this project; the packages that
 * its kernel imports come from PyPI at the versions of Pyodide's own list.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { project } from '../../browser/support/project-copy.ts';
import { cache, fromPyPI, run, told } from './install.ts';
import type { Peer } from './peer.ts';
import { firstLine, program } from './program.ts';
import { serve } from './serve.ts';
import { pypiVersions } from './versions.ts';

interface Package {
  file_name: string;
  sha256: string;
  readonly version: string;
  readonly depends: readonly string[];
}

interface Settings {
  readonly 'jupyter-config-data': { readonly litePluginSettings: Record<string, { pyodideUrl?: string }> };
}

/** The build has no option for a Pyodide that is served beside the site, and leaves out what its own settings say of it. */
function usePyodide(folder: string, url: string): void {
  const file = path.join(folder, 'jupyter-lite.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Settings;
  const plugins = settings['jupyter-config-data'].litePluginSettings;
  const kernel = '@jupyterlite/pyodide-kernel-extension:kernel';
  plugins[kernel] = { ...plugins[kernel], pyodideUrl: url };
  writeFileSync(file, JSON.stringify(settings));
}

/** What the kernel installs at its start, with what those import. */
function needed(packages: Readonly<Record<string, Package>>): readonly string[] {
  const found = new Set<string>();
  const add = (asked: string): void => {
    const name = asked.replaceAll('_', '-').toLowerCase();
    if (found.has(name) || packages[name] === undefined) return;
    found.add(name);
    packages[name].depends.forEach(add);
  };
  for (const name of ['micropip', 'jedi', 'ipython']) add(name);
  return [...found];
}

/** Wheels for the Python that Pyodide is, whatever the machine has. */
function download(programs: string, folder: string, wheels: readonly string[]): void {
  const target = ['--no-deps', '--only-binary', ':all:', '--python-version', '3.14', '--dest', folder];
  run(path.join(programs, 'pip'), ['download', '--quiet', ...target, ...wheels], folder);
}

/** Pyodide as npm has it, with wheels of PyPI beside it: their sums are not those of Pyodide's own builds. */
function pyodideWithPackages(programs: string): string {
  const folder = path.join(cache, 'jupyterlite/pyodide');
  if (existsSync(path.join(folder, 'complete'))) return folder;
  cpSync(path.join(project, 'node_modules/pyodide'), folder, { recursive: true });
  const list = path.join(folder, 'pyodide-lock.json');
  const lock = JSON.parse(readFileSync(list, 'utf8')) as { readonly packages: Record<string, Package> };
  const wanted = needed(lock.packages).map((name) => [name, lock.packages[name]?.version ?? ''] as const);
  const wheels = wanted.map(([name, version]) => `${name}==${version}`);
  download(programs, folder, wheels);
  const files = readdirSync(folder).filter((file) => file.endsWith('.whl'));
  for (const [name] of wanted) {
    const entry = lock.packages[name];
    const file = files.find(
      (file) => file.split('-')[0]?.toLowerCase() === name.replaceAll(/[-.]/g, '_').toLowerCase(),
    );
    if (entry === undefined || file === undefined) throw new Error(`PyPI has no wheel of ${name}`);
    entry.file_name = file;
    entry.sha256 = createHash('sha256')
      .update(readFileSync(path.join(folder, file)))
      .digest('hex');
  }
  writeFileSync(list, JSON.stringify(lock));
  writeFileSync(path.join(folder, 'complete'), '');
  return folder;
}

export const jupyterlite: Peer = {
  name: 'JupyterLite',
  async prepare() {
    const programs = fromPyPI('jupyterlite', pypiVersions.jupyterlite);
    const source = path.join(cache, 'jupyterlite/source');
    const folder = path.join(cache, 'jupyterlite/site');
    mkdirSync(source, { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    // The one package of its kernel that Pyodide's list has not.
    download(programs, source, [`comm==${pypiVersions.jupyterliteKernel.comm}`]);
    const comm = readdirSync(source).filter((file) => file.endsWith('.whl'));
    run(
      path.join(programs, 'jupyter'),
      [
        'lite',
        'build',
        '--apps',
        'repl',
        ...comm.flatMap((file) => ['--piplite-wheels', file]),
        '--output-dir',
        folder,
      ],
      source,
    );
    usePyodide(folder, '/pyodide/pyodide.mjs');
    const site = await serve({ '/': folder, '/pyodide/': pyodideWithPackages(programs) });
    return {
      versions: told(pypiVersions.jupyterlite),
      async start(page) {
        const began = performance.now();
        const query = new URLSearchParams({ kernel: 'python', code: program, execute: '1' });
        await page.goto(`${site.url('repl/index.html')}?${query.toString()}`);
        await page.locator('.jp-OutputArea-output', { hasText: firstLine }).first().waitFor();
        return { opened: performance.now() - began };
      },
      [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
    };
  },
};
