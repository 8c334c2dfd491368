/** The editor's measures are those of the static code, to the pixel; its colours are the site's tokens. */
import { EditorView } from '@codemirror/view';

const wide = '1rem';
const narrow = '0.75rem';

export const theme = EditorView.theme({
  // The class `code` gives font, size and line height; its padding moves into what scrolls.
  '&.code': { padding: '0', overflow: 'visible', background: 'none' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: 'inherit', scrollbarWidth: 'thin' },
  '.cm-content': { padding: '0.8125rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: `0 ${wide}` },
  '.cm-gutters': { border: '0', color: 'var(--muted)', background: 'var(--raised)' },
  '.cm-gutter.cm-lineNumbers .cm-gutterElement': { width: `calc(1.6em + ${wide})`, padding: '0', textAlign: 'right' },
  '.cm-gutters + .cm-content .cm-line': { paddingLeft: '1.2em' },
  // Where colours are forced, backgrounds and shadows go and a transparent outline shows: here and below.
  '.cm-foundLine': {
    background: 'var(--accent-soft)',
    boxShadow: 'inset 3px 0 var(--accent)',
    outline: '1px solid transparent',
  },
  '.cm-standing': { boxShadow: 'inset 3px 0 var(--line-strong)', outline: '1px solid transparent' },
  '.cm-standing-runs': { background: 'var(--accent-soft)', boxShadow: 'inset 3px 0 var(--accent)' },
  '.cm-standing::after': {
    content: '"\\2190\\00a0" attr(data-standing)',
    marginLeft: '2ch',
    padding: '0 0.375rem',
    borderRadius: 'var(--radius)',
    color: 'var(--muted)',
    background: 'var(--soft)',
    fontSize: '0.85em',
    fontFamily: 'var(--font-text)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    background: 'var(--accent-soft)',
    outline: '1px solid var(--accent)',
  },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': {
    background: 'none',
    outline: '1px solid var(--mark-error)',
  },
  '.cm-searchMatch': { background: 'var(--accent-soft)', outline: '1px solid var(--line-strong)' },
  '.cm-searchMatch.cm-searchMatch-selected': { outline: '2px solid var(--accent)' },
  '.cm-panels': {
    color: 'var(--ink)',
    background: 'var(--soft)',
    fontFamily: 'var(--font-text)',
    whiteSpace: 'normal',
  },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '0.5rem 2.5rem 0.5rem 0.75rem', fontSize: 'var(--tiny)' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', fontSize: 'inherit' },
  '.cm-message': { padding: '0.5rem 1rem', fontSize: 'var(--small)' },
  '.cm-tooltip': {
    zIndex: '10',
    maxWidth: 'min(36rem, calc(100vw - 1rem))',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    color: 'var(--ink)',
    background: 'var(--raised)',
    boxShadow: '0 0.5rem 1.5rem rgb(0 0 0 / 12%)',
    fontSize: 'var(--tiny)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '14em', fontFamily: 'var(--font-code)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.1875rem 0.625rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--accent-ink)',
    background: 'var(--accent)',
    outline: '2px solid transparent',
    outlineOffset: '-2px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionDetail': { color: 'var(--muted)' },
  '.cm-tooltip.cm-completionInfo': { padding: '0.5rem 0.625rem', width: 'max-content', maxWidth: '28rem' },
  '.cm-inspection, .cm-signature': { maxHeight: '16em', overflow: 'auto', whiteSpace: 'normal' },
  '.cm-signature': { padding: '0.375rem 0.625rem' },
  '.cm-signature strong': { color: 'var(--accent)', fontWeight: '700', textDecoration: 'underline' },
  '.cm-inspection p, .cm-signature p': {
    margin: '0.375rem 0 0',
    color: 'var(--muted)',
    fontFamily: 'var(--font-text)',
    whiteSpace: 'pre-wrap',
  },
  '.cm-textfield': {
    margin: '0.125rem 0.25rem 0.125rem 0',
    padding: '0.3125rem 0.5rem',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    color: 'var(--ink)',
    background: 'var(--raised)',
    fontSize: 'var(--small)',
  },
  '.cm-panel.cm-search button.cm-button': { border: '0', backgroundImage: 'none', fontSize: 'inherit' },
  '@container page (width < 40rem)': {
    '.cm-line': { padding: `0 ${narrow}` },
    '.cm-gutter.cm-lineNumbers .cm-gutterElement': { width: `calc(1.6em + ${narrow})` },
  },
  // On paper: every line, whole, and nothing that only helps with typing.
  '@media print': {
    '.cm-panels, .cm-tooltip': { display: 'none' },
    '.cm-scroller': { overflow: 'visible' },
    '.cm-content': { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', flexShrink: '1', minWidth: '0' },
  },
});
