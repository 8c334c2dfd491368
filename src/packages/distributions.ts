/**
 * The Python packages from PyPI that cells may import: names, releases, modules, requirements. Written by `lock.ts`.
 *
 * Invariant: this says what can be had on a builder's machine with Python, not what a build has got.
 */
import index from './index.json' with { type: 'json' };

export interface Distribution {
  readonly version: string;
  /** An SPDX expression, or what the project calls its licence. */
  readonly licence: string;
  /** What can be imported, by the shortest names: `trio`, `zope.interface`. */
  readonly modules: readonly string[];
  /** The distributions that must be there for it to work. */
  readonly requires: readonly string[];
}

/** By their names in PyPI's normal form: `zope-interface`. */
export const distributions: Readonly<Record<string, Distribution>> = index;

/** PyPI's normal form of a distribution's name (PEP 503). */
export function normalName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** The distribution that has `module`, a dotted name, or one of whose modules `module` is the namespace. */
export function distributionsOf(module: string): readonly string[] {
  const inside = (name: string, of: string) => name === of || name.startsWith(`${of}.`);
  return Object.keys(distributions).filter((name) =>
    distributions[name]?.modules.some((own) => inside(module, own) || inside(own, module)),
  );
}

/** `names` and all that they require. Names that are not locked are left out. */
export function withRequirements(names: readonly string[]): readonly string[] {
  const all = new Set<string>();
  const add = (name: string): void => {
    const found = distributions[name];
    if (found === undefined || all.has(name)) return;
    all.add(name);
    found.requires.forEach(add);
  };
  names.forEach(add);
  return [...all].sort();
}
