/** Finds the tests in the Python programs of this folder: functions that begin with `test_` and have a docstring. */
import { readdir, readFile } from 'node:fs/promises';

interface ProgramTest {
  readonly name: string;
  /** The first line of its docstring. */
  readonly title: string;
  readonly seeds: number;
}

export interface Program {
  readonly filename: string;
  readonly source: string;
  readonly tests: readonly ProgramTest[];
}

const folder = new URL('../', import.meta.url);
const definition = /^def (test_\w+)\((?:seeds=(\d+))?\):\n {4}"""(.+?)(?:"""|\n)/gm;
/** Under how many seeds a test runs that does not say so itself. */
const seedsOfATest = 500;

export async function readProgram(filename: string): Promise<Program> {
  const source = await readFile(new URL(filename, folder), 'utf8');
  const tests = [...source.matchAll(definition)].map(([, name = '', seeds, title = '']) => ({
    name,
    title,
    seeds: seeds === undefined ? seedsOfATest : Number(seeds),
  }));
  const defined = source.match(/^def test_/gm)?.length ?? 0;
  if (defined !== tests.length) throw new Error(`${filename}: a test has no docstring, or parameters of its own.`);
  return { filename, source, tests };
}

export async function readPrograms(): Promise<readonly Program[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.py')).sort();
  return Promise.all(names.map(readProgram));
}
