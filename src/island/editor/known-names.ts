/** Completions that need no interpreter: Python's keywords and builtins, and the names that the page's cells define. */
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { globalCompletion, localCompletionSource } from '@codemirror/lang-python';
import { syntaxTree } from '@codemirror/language';
import type { SyntaxNode } from '@lezer/common';
import { LiveCell } from '../live/cell.ts';

/** The package has builtins and snippets, but not the words alone. */
const keywords =
  'False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try type while with yield';
const keywordOptions: readonly Completion[] = keywords.split(' ').map((label) => ({ label, type: 'keyword' }));

const atTopLevel = /^(?:(async def|def|class)[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]+)?=(?!=))/gm;

/** What the other cells of the page bind at their top level; the chapter has one namespace. */
function inOtherCells(here: LiveCell): Completion[] {
  const cells = document.querySelectorAll<HTMLElement>(`py-cell[data-live][data-mode="${here.cell.options.mode}"]`);
  return [...cells]
    .filter((cell) => cell !== here.element)
    .flatMap((cell) => [...LiveCell.sourceOf(cell).matchAll(atTopLevel)])
    .map(([, keyword, defined, bound]) => ({
      label: defined ?? bound ?? '',
      type: defined === undefined ? 'variable' : keyword === 'class' ? 'class' : 'function',
    }));
}

async function optionsOf(source: CompletionSource, context: CompletionContext): Promise<readonly Completion[]> {
  const result: CompletionResult | null = await source(context);
  return result?.options ?? [];
}

/** The names of `self` that the class around `node` defines. */
export function membersOfSelf(node: SyntaxNode, context: CompletionContext): Completion[] {
  const { state } = context;
  let around: SyntaxNode | null = node;
  while (around && around.name !== 'ClassDefinition') around = around.parent;
  if (!around) return [];
  const found: Completion[] = [];
  const add = (name: SyntaxNode | null, type: string): void => {
    if (name) found.push({ label: state.sliceDoc(name.from, name.to), type });
  };
  syntaxTree(state).iterate({
    from: around.from,
    to: around.to,
    enter: ({ node: inner }) => {
      if (inner.name === 'FunctionDefinition' && inner.parent?.parent?.from === around.from)
        add(inner.getChild('VariableName'), 'function');
      if (inner.name !== 'AssignStatement') return;
      const target = inner.firstChild;
      const object = target?.firstChild;
      if (target?.name === 'MemberExpression' && object && state.sliceDoc(object.from, object.to) === 'self')
        add(target.getChild('PropertyName'), 'property');
    },
  });
  return found;
}

/** Names that may stand at the cursor, whatever the interpreter does; the nearest first. */
export async function knownNames(context: CompletionContext, here: LiveCell): Promise<Completion[]> {
  const local = await optionsOf(localCompletionSource, context);
  const everywhere = await optionsOf(globalCompletion, context);
  // Snippets are for who writes much code; here they only stand in the way of the words.
  return [...local, ...inOtherCells(here), ...keywordOptions, ...everywhere.filter(({ apply }) => apply === undefined)];
}
