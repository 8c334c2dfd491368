/** What in the code of a notebook is IPython's and no Python: magics and commands of the shell, which no cell here can run. */

export interface Magic {
  /** As it was written, without the indentation. */
  readonly line: string;
}

/** Cell magics whose cell is Python all the same. */
const aroundPython: ReadonlySet<string> = new Set(['time', 'timeit', 'capture', 'prun', 'debug']);

const cellMagic = /^\s*%%(\w+)/;
/** `%magic`, `!command`, `name = %magic` and `name = !command` at the beginning of a line. */
const lineMagic = /^\s*(?:[\w.,[\]\s]+=\s*)?(?:%(?:\w|\{)|!)/;

/** Lines that stand inside of a text in triple quotes: a `%` there is the text's. */
function insideText(lines: readonly string[]): readonly boolean[] {
  let open: string | undefined;
  return lines.map((line) => {
    const inside = open !== undefined;
    for (const [mark] of line.matchAll(/'''|"""/g)) {
      if (open === undefined) open = mark;
      else if (open === mark) open = undefined;
    }
    return inside;
  });
}

/**
 * The code with its magics as comments, and what they were. `python` is undefined when what is under a cell magic is another
 * language, or when nothing but magics is there.
 */
export function withoutMagics(source: string): {
  readonly python: string | undefined;
  readonly magics: readonly Magic[];
} {
  const lines = source.split('\n');
  const inside = insideText(lines);
  const magics: Magic[] = [];
  const [, cellMagicName] = cellMagic.exec(source.trimStart()) ?? [];
  const foreign = cellMagicName !== undefined && !aroundPython.has(cellMagicName);
  let continued = false;
  const written = lines.map((line, index) => {
    const first = lines.slice(0, index).every((above) => above.trim() === '');
    const [, name] = first ? (cellMagic.exec(line) ?? []) : [];
    // A continued line of Python that begins with the operator % is no magic.
    const magic =
      name !== undefined ||
      (inside[index] !== true &&
        !/[\\,([{]\s*$/.test(lines[index - 1] ?? '') &&
        lineMagic.test(line) &&
        !/^\s*[\w.,[\]\s]*=\s*%\s/.test(line));
    if (!magic && !continued) return line;
    continued = line.endsWith('\\');
    magics.push({ line: line.trim() });
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    // A block needs a statement even when its only one was a magic.
    return indent === '' ? `# ${line}` : `${indent}pass  # ${line.trim()}`;
  });
  const code = written.some((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return { python: foreign || (magics.length > 0 && !code) ? undefined : written.join('\n'), magics };
}
