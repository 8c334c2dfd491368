/** Gives an interpreter the Python of src/explore/python, whose `open_search` makes its first fiber. */
import type { PyodideAPI } from 'pyodide';

/** The Python of src/explore/python, as texts. */
export interface ExplorerSources {
  /** The files of the package `explorer`, by their names in it. */
  readonly explorer: Readonly<Record<string, string>>;
  /** load.py, which makes modules of them. */
  readonly loader: string;
}

export function openExplorer(python: PyodideAPI, { explorer, loader }: ExplorerSources): void {
  const globals = python.globals as unknown as { set(name: string, value: unknown): void };
  globals.set('sources', JSON.stringify(explorer));
  python.runPython(loader, { filename: 'load.py' });
}
