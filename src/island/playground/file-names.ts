/** What a file of the playground may be called. Invariant: a good name leads to a place below the folder of the run. */

/** Of a file without folders. */
export function nameFault(name: string): string | undefined {
  return name.includes('/') ? 'A file that runs stands in no folder of its own.' : pathFault(name);
}

/** Why a file cannot have this name, as a sentence; undefined for a good one. A slash parts folders. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'A file needs a name.';
  if (path.length > 100) return 'A file name has at most 100 characters.';
  const parts = path.split('/');
  if (!parts.every((part) => /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(part)))
    return 'A file name begins with a letter, a digit or an underscore, and has only these, dots, hyphens and spaces in it; slashes part folders.';
  if (parts.some((part) => /[. ]$/.test(part))) return 'A file name does not end with a dot or a space.';
  return undefined;
}

/** Why a file cannot be called `name` beside files of the names `others`; undefined when it can. */
export function whyNotNamed(name: string, others: readonly string[]): string | undefined {
  const fault = pathFault(name);
  if (fault !== undefined) return fault;
  if (others.includes(name)) return `There is a file ${name} already.`;
  if (others.some((other) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`)))
    return `${name} would be a file and a folder at once.`;
  return undefined;
}

/** A name for one more file: `module.py`, then `module2.py`. */
export function freeName(others: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'module.py' : `module${number}.py`;
    if (whyNotNamed(name, others) === undefined) return name;
  }
}
