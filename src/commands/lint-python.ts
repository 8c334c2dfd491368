/** Lints the project's Python with ruff, as wasm from npm, so that no Python is needed on the builder's machine. */
import { globSync, readFileSync } from 'node:fs';
import { type Diagnostic, PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

const rules = ['E', 'F', 'W', 'I', 'B', 'UP', 'SIM', 'RUF', 'PLE', 'PLW'];

const checking = (select: readonly string[]) =>
  new Workspace({ 'line-length': 100, 'target-version': 'py314', lint: { select } }, PositionEncoding.Utf16);

const plain = checking(rules);
/** Everything that the kernel's Python defines has its types beside it; pyright checks that they are right. */
const typed = checking([...rules, 'ANN']);

/** Those that are named, else all. */
const named = process.argv.slice(2);
const files = named.length > 0 ? named : globSync('{src,tests}/**/*.py').sort();
let faults = 0;
for (const file of files) {
  const workspace = file.startsWith('src/kernel/python/') ? typed : plain;
  for (const found of workspace.check(readFileSync(file, 'utf8')) as Diagnostic[]) {
    faults += 1;
    console.log(
      `${file}:${found.start_location.row}:${found.start_location.column} ${found.code ?? 'syntax'} ${found.message}`,
    );
  }
}
console.log(`ruff: ${faults} fault${faults === 1 ? '' : 's'} in ${files.length} Python files`);
process.exitCode = faults === 0 ? 0 : 1;
