/**
 * Which names of modules a Python source uses, by their dotted paths, whatever it calls them; read, never run.
 *
 * Invariant: any text has an answer, also one that is no Python. Scopes are not told apart: it may name too much.
 */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

export interface NamesUsed {
  /** For example `threading.Thread` for `t.Thread` after `import threading as t`; a name that is not imported as it is. */
  readonly paths: ReadonlySet<string>;
  /** Every attribute that is asked for, of whatever: `start` of `worker.start()`. */
  readonly attributes: ReadonlySet<string>;
}

/** Reads one import. `bind` is told each name with the path it stands for, and each `*` with its module. */
function readImport(words: readonly string[], bind: (name: string, path: string) => void): void {
  const [first] = words;
  const from = first === 'from' ? words.slice(1, words.indexOf('import')).join('') : undefined;
  const parts = words.slice(words.indexOf('import') + 1).filter((word) => word !== '(' && word !== ')');
  for (const item of parts.join(' ').split(',')) {
    const [path = '', alias] = item.trim().replaceAll(' . ', '.').split(' as ');
    const top = path.replace(/\..*/s, '');
    if (path === '') continue;
    if (from !== undefined) bind(alias ?? path, `${from}.${path}`);
    else bind(alias ?? top, alias === undefined ? top : path);
  }
}

/** `a.b.c` as its names, first to last; undefined where it begins with something else than a name. */
function dotted(node: SyntaxNode, text: (node: SyntaxNode) => string): readonly string[] | undefined {
  if (node.name === 'VariableName') return [text(node)];
  const [object, property] = [node.firstChild, node.getChild('PropertyName')];
  if (node.name !== 'MemberExpression' || !object || !property) return undefined;
  const before = dotted(object, text);
  return before && [...before, text(property)];
}

export function namesUsed(source: string): NamesUsed {
  const text = ({ from, to }: { readonly from: number; readonly to: number }): string => source.slice(from, to);
  const bound = new Map<string, string>();
  const whole = new Set<string>();
  const found: (readonly string[])[] = [];
  const attributes = new Set<string>();
  parser.parse(source).iterate({
    enter({ node }) {
      if (node.name === 'ImportStatement') {
        const words: string[] = [];
        for (let child = node.firstChild; child; child = child.nextSibling) words.push(text(child));
        readImport(words, (name, path) => {
          if (name === '*') whole.add(path.slice(0, -2));
          else bound.set(name, path);
        });
        return false;
      }
      if (node.name === 'PropertyName') attributes.add(text(node));
      const names = dotted(node, text);
      if (names) found.push(names);
      return true;
    },
  });
  const paths = new Set<string>();
  for (const [head = '', ...rest] of found) {
    paths.add([bound.get(head) ?? head, ...rest].join('.'));
    if (!bound.has(head)) for (const module of whole) paths.add([module, head, ...rest].join('.'));
  }
  return { paths, attributes };
}
