/** Which packages from PyPI a Python source imports; read, never run. */
import { parser } from '@lezer/python';
import { distributionsOf } from '../../packages/distributions.ts';

/** The modules that an import statement names, by its words. Those inside the own package (`from . import x`) are left out. */
function modulesOf(words: readonly string[]): readonly string[] {
  if (words[0] === 'from')
    return [words.slice(1, words.indexOf('import')).join('')].filter((name) => !name.startsWith('.'));
  const items = words.slice(1).join(' ').split(',');
  return items.map((item) => (item.split(' as ')[0] ?? '').replaceAll(' ', ''));
}

/** The modules that a source imports, by their dotted names. */
export function modulesImported(source: string): ReadonlySet<string> {
  const found = new Set<string>();
  parser.parse(source).iterate({
    enter({ node }) {
      if (node.name !== 'ImportStatement') return;
      const words: string[] = [];
      for (let child = node.firstChild; child; child = child.nextSibling) {
        words.push(source.slice(child.from, child.to));
      }
      for (const module of modulesOf(words)) found.add(module);
    },
  });
  return found;
}

/** The names of the distributions, sorted. What they require is left out. */
export function packagesImported(...sources: readonly string[]): readonly string[] {
  const modules = sources.flatMap((source) => [...modulesImported(source)]);
  return [...new Set(modules.flatMap(distributionsOf))].sort();
}
