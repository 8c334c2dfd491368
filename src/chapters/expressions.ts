/** A brace in prose: MDX computes what stands in it and shows only the result, so that “a set {1, 2}” is read as “a set 2”. */
import type { MdastNode } from 'satteri';

/** Names that a page gives to every chapter. */
const given = ['frontmatter', 'props'];

/** Comments and literal texts, which an author writes because they know what braces are. */
const meant = /^\s*(?:(?:\/\*.*?\*\/\s*)*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`$]*`)\s*$/s;

/** Words of JavaScript that name nothing of the chapter's. */
const literals = ['true', 'false', 'null', 'undefined'];

function isKnown(name: string, modules: string): boolean {
  return [...given, ...(modules.match(/[A-Za-z_$][\w$]*/g) ?? [])].includes(name);
}

const firstName = (expression: string): string | undefined => /^\s*([A-Za-z_$][\w$]*)/.exec(expression)?.[1];

/** An expression in a prop that begins with a name which nothing gives: the page could not be rendered. */
export function namesNothing(expression: string, modules: string): boolean {
  const name = firstName(expression);
  return name !== undefined && !literals.includes(name) && !isKnown(name, modules);
}

/** `modules` are the import and export lines of the chapter: an expression that begins with one of their names is meant. */
export function strayExpression(
  node: MdastNode,
  modules: string,
): { readonly what: string; readonly mend: string } | undefined {
  if (node.type !== 'mdxTextExpression' && node.type !== 'mdxFlowExpression') return undefined;
  const { value } = node;
  if (meant.test(value)) return undefined;
  const name = firstName(value);
  if (name !== undefined && isKnown(name, modules)) return undefined;
  const shown = `{${value.replace(/\s+/g, ' ')}}`;
  return {
    what: `“${shown}” in prose is an expression of MDX: its braces are not shown`,
    mend: `Write \\${shown} for the braces themselves, or put it between backticks.`,
  };
}
