/**
 * Every comparison of code: an edit with its original, a reader's code with the solution. What was taken out stands, not
 * to be edited, above what came in its place.
 */
import { getChunks, unifiedMergeView } from '@codemirror/merge';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** A line under text, which remains where colours are forced. */
const underlined = (colour: string) =>
  ({
    background: 'none',
    textDecoration: `underline 2px ${colour}`,
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '0.2em',
  }) as const;

/** A sign besides the colour, where the line has its margin. */
const signs = EditorView.theme({
  '.cm-deletedLine': { padding: '0 1rem' },
  '.cm-deletedLine::before, &.cm-merge-b .cm-changedLine::before': {
    position: 'absolute',
    marginLeft: '-0.75rem',
    fontWeight: '700',
  },
  '.cm-deletedLine::before': { content: '"−"', color: 'var(--mark-error)' },
  '&.cm-merge-b .cm-changedLine::before': { content: '"+"', color: 'var(--mark-ok)' },
  '@container page (width < 40rem)': { '.cm-deletedLine': { padding: '0 0.75rem' } },
});

const theme = EditorView.theme({
  '.cm-deletedChunk': { padding: '0', background: 'color-mix(in srgb, var(--mark-error) 8%, transparent)' },
  '&.cm-merge-b .cm-changedLine': { background: 'color-mix(in srgb, var(--mark-ok) 10%, transparent)' },
  '&.cm-merge-b .cm-changedText': underlined('var(--mark-ok)'),
  '&.cm-editor .cm-deletedChunk .cm-deletedText': underlined('var(--mark-error)'),
});

export const comparisonWith = (original: string): Extension => [
  unifiedMergeView({ original, gutter: false, mergeControls: false }),
  theme,
  signs,
];

export const countChanges = (state: EditorState): number => getChunks(state)?.chunks.length ?? 0;
