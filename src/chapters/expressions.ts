/** A brace in prose: MDX computes what stands in it and shows only the result, so that “a set {1, 2}” is read as “a set 2”. */
import type { MdastNode } from 'satteri';

/** Names that a page gives to every chapter. */
const given = ['frontmatter', 'props'];

/** Comments and literal texts, which an author writes because they know what braces are. */
const meant = /^\s*(?:(?:\/\*.*?\*\/\s*)*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`$]*`)\s*$/s;

/** `modules` are the import and export lines of the chapter: an expression that begins with one of their names is meant. */
export function strayExpression(
  node: MdastNode,
  modules: string,
): { readonly what: string; readonly mend: string } | undefined {
  if (node.type !== 'mdxTextExpression' && node.type !== 'mdxFlowExpression') return undefined;
  const { value } = node;
  if (meant.test(value)) return undefined;
  const name = /^\s*([A-Za-z_$][\w$]*)/.exec(value)?.[1];
  const known = new Set([...given, ...(modules.match(/[A-Za-z_$][\w$]*/g) ?? [])]);
  if (name !== undefined && known.has(name)) return undefined;
  const shown = `{${value.replace(/\s+/g, ' ')}}`;
  return {
    what: `“${shown}” in prose is an expression of MDX: its braces are not shown`,
    mend: `Write \\${shown} for the braces themselves, or put it between backticks.`,
  };
}
