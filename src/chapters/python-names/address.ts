/** Full names of Python's documentation to their addresses, from an inventory that `refresh.ts` writes; never guessed. */
import inventory from './python-3.14.json' with { type: 'json' };
import { nearest } from '../suggest.ts';

const root = 'https://docs.python.org/3.14/';
const pages: Readonly<Record<string, readonly string[]>> = inventory;

function readInventory(): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  for (const [page, names] of Object.entries(pages)) {
    for (const entry of names) {
      const [name = '', anchor] = entry.split(' #');
      const bare = name.replace(/^(?:keyword|opcode):/u, '');
      addresses.set(name, `${root}${page}#${(anchor ?? bare).replace('$', bare)}`);
    }
  }
  return addresses;
}

const addresses = readInventory();

/**
 * Where Python's documentation describes `name`: a full name (`threading.Thread.join`), `keyword:yield` or
 * `opcode:YIELD_VALUE`. Undefined when it does not.
 */
export function pythonAddress(name: string): string | undefined {
  return addresses.get(name);
}

/** A documented name near a mistyped one; first among those that end in the same word. */
export function nearestPythonName(name: string): string | undefined {
  const last = name.split('.').at(-1) ?? name;
  const sameEnd = [...addresses.keys()].filter((known) => known.split('.').at(-1) === last);
  return nearest(name, sameEnd) ?? nearest(name, [...addresses.keys()]) ?? sameEnd[0];
}
