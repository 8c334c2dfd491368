/** Where a name of Python or of a package that the course teaches is documented; from inventories, never guessed. */
import { nearestPythonName, pythonAddress } from './address.ts';
import { nearest } from '../suggest.ts';
import packages from './packages.json' with { type: 'json' };

interface Inventory {
  /** The address that every page of the documentation begins with. */
  readonly root: string;
  readonly pages: Readonly<Record<string, readonly string[]>>;
}

const inventories: readonly Inventory[] = Object.values(packages);

const addresses: ReadonlyMap<string, string> = new Map(
  inventories.flatMap(({ root, pages }) =>
    Object.entries(pages).flatMap(([page, names]) => names.map((name) => [name, `${root}${page}#${name}`] as const)),
  ),
);

/** `name` is a full dotted name, such as `threading.Thread.join` or `trio.open_nursery`. */
export function documentedAt(name: string): string | undefined {
  return pythonAddress(name) ?? addresses.get(name);
}

/** Whether `name` is a module of Python's documentation, or a package of which an inventory is here. */
export function isDocumentedModule(name: string): boolean {
  return name in packages || pythonAddress(name)?.endsWith(`#module-${name}`) === true;
}

/** A documented name near a mistyped one: of the package that it begins with, or of Python. */
export function nearestDocumented(name: string): string | undefined {
  const [head = ''] = name.split('.');
  return head in packages ? nearest(name, [...addresses.keys()]) : nearestPythonName(name);
}
