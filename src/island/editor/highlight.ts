/**
 * Colours of the code that is edited: the classes of the static code (`src/site/highlight`), for the same tokens.
 *
 * The grammar does not know builtins by their names as the static highlighter does; a second pass marks such tokens.
 */
import { HighlightStyle, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import { Prec, RangeSetBuilder, type Extension } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { classOfToken } from './names.ts';

const style = HighlightStyle.define([
  { tag: tags.comment, class: 'tok-comment' },
  { tag: tags.string, class: 'tok-string' },
  { tag: tags.escape, class: 'tok-string2' },
  { tag: [tags.bool, tags.null], class: 'tok-atom' },
  { tag: tags.keyword, class: 'tok-keyword' },
  { tag: tags.number, class: 'tok-number' },
  { tag: [tags.operator, tags.modifier], class: 'tok-operator' },
  // The dot, an operator to the grammar, has no class in the static code; none would fall back to the operator's.
  { tag: tags.derefOperator, class: 'tok-plain' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: 'tok-function' },
  { tag: tags.definition(tags.className), class: 'tok-className' },
  { tag: tags.meta, class: 'tok-meta' },
]);

function furtherMarks(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const className = classOfToken(node, () => view.state.sliceDoc(node.from, node.to));
        if (className !== undefined) marks.add(node.from, node.to, Decoration.mark({ class: className }));
      },
    });
  }
  return marks.finish();
}

const furtherTokens = ViewPlugin.define(
  (view) => ({
    marks: furtherMarks(view),
    update(update) {
      if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) {
        this.marks = furtherMarks(update.view);
      }
    },
  }),
  { decorations: ({ marks }) => marks },
);

/** The inner of two nested marks colours the text; the one of higher precedence is the inner. */
export const highlighting: Extension = [syntaxHighlighting(style), Prec.highest(furtherTokens)];
