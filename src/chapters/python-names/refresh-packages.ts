/**
 * Writes `packages.json` from the sources of the documentation of greenlet, gevent and trio, which their source archives on
 * PyPI hold (`node refresh-packages.ts FOLDER`, where FOLDER has the three, unpacked). Only what a directive names is kept.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCUMENTATIONS = [
  { name: 'greenlet', docs: 'docs', pages: /^api\.rst$/, root: 'https://greenlet.readthedocs.io/en/latest/' },
  { name: 'gevent', docs: 'docs/api', pages: /^gevent.*\.rst$/, root: 'https://www.gevent.org/api/' },
  { name: 'trio', docs: 'docs/source', pages: /^reference-.*\.rst$/, root: 'https://trio.readthedocs.io/en/stable/' },
] as const;

const directive =
  /^( *)\.\. (?:py:)?(auto)?(module|currentmodule|function|class|exception|data|attribute|method|decorator|context_manager)::\s*([\w.]+)/;

/** Names that a module lists as its own: `automodule` with `:members:` documents these. */
function listedNames(folder: string, module: string): readonly string[] {
  const path = join(folder, 'src', module.replaceAll('.', '/'));
  const file = [`${path}.py`, join(path, '__init__.py')].find((candidate) => existsSync(candidate));
  const source = file === undefined ? '' : readFileSync(file, 'utf8');
  return [...source.matchAll(/^__(?:all|implements|extensions)__ = \[([^\]]*)\]/gmu)].flatMap(([, list = '']) =>
    [...list.matchAll(/['"](\w+)['"]/gu)].map(([, name = '']) => name),
  );
}

/** Full names that one page documents. `package` is the name that all begin with. */
function namesOf(page: string, packageName: string, folder: string): readonly string[] {
  const names = new Set<string>();
  const lines = page.split('\n');
  let module: string = packageName;
  let owner = '';
  for (const [index, line] of lines.entries()) {
    const [, indent = '', auto, kind = '', word = ''] = directive.exec(line) ?? [];
    if (kind === '') continue;
    if (kind === 'module' || kind === 'currentmodule') {
      module = word;
      const listed = auto !== undefined && /:members:\s*$/m.test(lines.slice(index + 1, index + 5).join('\n'));
      if (listed) for (const name of listedNames(folder, module)) names.add(`${module}.${name}`);
      continue;
    }
    const member = indent !== '' && (kind === 'method' || kind === 'attribute');
    const full = member ? `${owner}.${word}` : word.startsWith(`${packageName}.`) ? word : `${module}.${word}`;
    if (member ? owner !== '' : indent === '') names.add(full);
    if (indent === '' && (kind === 'class' || kind === 'exception')) owner = full;
  }
  return [...names].sort();
}

const [from] = process.argv.slice(2);
if (from === undefined) throw new Error('usage: node refresh-packages.ts FOLDER');
const unpacked = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const written = DOCUMENTATIONS.map(({ name, docs, pages, root }) => {
  const entry = unpacked.find((candidate) => candidate.name.startsWith(`${name}-`));
  if (entry === undefined) throw new Error(`${from} has no folder ${name}-VERSION`);
  const folder = join(from, entry.name);
  const files = readdirSync(join(folder, docs)).filter((file) => pages.test(file));
  const found = files.sort().map((file) => {
    const names = namesOf(readFileSync(join(folder, docs, file), 'utf8'), name, folder);
    return [file.replace(/\.rst$/, '.html'), names] as const;
  });
  return [
    name,
    {
      version: entry.name.slice(name.length + 1),
      root,
      pages: Object.fromEntries(found.filter(([, names]) => names.length > 0)),
    },
  ];
});
writeFileSync(new URL('packages.json', import.meta.url), `${JSON.stringify(Object.fromEntries(written), null, 1)}\n`);
