/**
 * What an author can do about an error that comes from where the cell runs and not from what it says: a package, a process
 * or an address that a page does not have. `expect=error` would show readers an error that their own Python does not have.
 */
import { stripVTControlCharacters } from 'node:util';
import { distributions, distributionsOf } from '../packages/distributions.ts';

const natively = (reason: string): string =>
  `To show what native CPython prints, add native="${reason}": the page then has its recorded output, and no Run button for it.`;

function aboutModule(name: string, hint: string | undefined): string {
  const [top = name] = name.split('.');
  if (hint?.startsWith(`${top} is left out`) === true) return `${hint}\n${natively(`it needs ${top}`)}`;
  const [found] = distributionsOf(name);
  if (found !== undefined)
    return `The page can have “${name}”: it is in the package ${found}. Write packages=${found} (docs/packages.md).`;
  const had = Object.keys(distributions).join(', ');
  return (
    `The page has no “${top}”. It has Python’s standard library and the packages ${had}, which are found by their import or named in packages=.\n` +
    `docs/packages.md says how to add one that is written in Python alone. ${natively(`it needs ${top}`)}`
  );
}

const processes =
  'A page has processes of Python only: subprocess with sys.executable, and multiprocessing with “spawn” or “forkserver”. ' +
  'It cannot fork, and has no shell and no programs of Linux.\n';

const network =
  'A page has a network of its own, without any host outside: start a server at 127.0.0.1 in the cell, or in one that it continues, and connect to that.\n';

/** `text` is the traceback; `hint` is what a reader is told below it. Undefined for an error of the program’s own. */
export function advice(text: string, hint: string | undefined): string | undefined {
  const plain = stripVTControlCharacters(text).trimEnd();
  const last = plain.slice(plain.lastIndexOf('\n') + 1);
  const module = /^ModuleNotFoundError: No module named '([\w.]+)'/.exec(last)?.[1];
  if (module !== undefined) return aboutModule(module, hint);
  if (/a page in a browser cannot fork|cannot find context for 'fork/.test(last))
    return processes + natively('it forks');
  if (
    /^(?:FileNotFoundError|PermissionError): /.test(last) &&
    /[\\/](?:subprocess|asyncio[\\/]\w+)\.py", line/.test(plain)
  )
    return processes + natively('it starts a program of Linux');
  if (/\[Errno (?:101|-2|-3)\]/.test(last)) return network + natively('it needs the internet');
  return undefined;
}
