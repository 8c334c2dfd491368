/** The reader's text beside the author's: what was taken out stands, not to be edited, above what came in its place. */
import { getChunks, unifiedMergeView } from '@codemirror/merge';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

const theme = EditorView.theme({
  '.cm-deletedChunk': { padding: '0', background: 'color-mix(in srgb, var(--mark-error) 8%, transparent)' },
  '.cm-deletedLine': { padding: '0 1rem' },
  '&.cm-merge-b .cm-changedLine': { background: 'color-mix(in srgb, var(--mark-ok) 10%, transparent)' },
  '&.cm-merge-b .cm-changedText': {
    background: 'none',
    boxShadow: 'inset 0 -2px var(--mark-ok)',
  },
  '&.cm-editor .cm-deletedChunk .cm-deletedText': { background: 'none', boxShadow: 'inset 0 -2px var(--mark-error)' },
  // A sign besides the colour, where the line has its margin.
  '.cm-deletedLine::before, &.cm-merge-b .cm-changedLine::before': {
    position: 'absolute',
    marginLeft: '-0.75rem',
    fontWeight: '700',
  },
  '.cm-deletedLine::before': { content: '"−"', color: 'var(--mark-error)' },
  '&.cm-merge-b .cm-changedLine::before': { content: '"+"', color: 'var(--mark-ok)' },
  '@media (width < 40rem)': { '.cm-deletedLine': { padding: '0 0.75rem' } },
});

export const comparisonWith = (original: string): Extension => [
  unifiedMergeView({ original, gutter: false, mergeControls: false }),
  theme,
];

export const countChanges = (state: EditorState): number => getChunks(state)?.chunks.length ?? 0;
