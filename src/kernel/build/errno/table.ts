/**
 * Numbers of errors: Linux's with their words, from the kernel's own table, and Emscripten's, from its JavaScript.
 *
 * Invariant: every error that Emscripten's file system can answer with has a number of Linux's.
 */
import { readFile } from 'node:fs/promises';

export interface ErrorNumber {
  readonly name: string;
  readonly linux: number;
  /** What glibc says of it. */
  readonly words: string;
  readonly emscripten: number;
}

const linuxTable = new URL('../../python/_os_kernel/errnos.py', import.meta.url);

/** `glue` is `pyodide.asm.mjs`. */
export async function errorNumbers(glue: string): Promise<ErrorNumber[]> {
  const codes = /ERRNO_CODES=\{(E[^}]+)\}/u.exec(glue)?.[1];
  if (codes === undefined) throw new TypeError('pyodide.asm.mjs does not say how it numbers errors.');
  const linux = new Map<string, { number: number; words: string }>();
  for (const [, name = '', number, words = ''] of (await readFile(linuxTable, 'utf8')).matchAll(
    /^(E\w+) (\d+) (.+)$/gmu,
  ))
    linux.set(name, { number: Number(number), words });
  return codes.split(',').map((code) => {
    const [name = '', number] = code.split(':');
    const known = linux.get(name);
    if (known === undefined) throw new TypeError(`Linux has no number for ${name}.`);
    return { name, linux: known.number, words: known.words, emscripten: Number(number) };
  });
}
