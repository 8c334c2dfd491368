/** Ruff's remarks as marks in an editor, with a list of them below the code. */
import { forceLinting, lintKeymap, linter, openLintPanel, type Diagnostic } from '@codemirror/lint';
import type { Extension, Text } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { LiveCell } from '../live/cell.ts';
import { loadChecker } from './checker.ts';
import type { Remark } from './contract.ts';

/** As long as the text: `name?` is for the notebook, not for Python. */
const withoutHelp = (text: string): string =>
  text.replace(/^([^\W\d]\w*(?:\.[^\W\d]\w*)*)(\?\??)[ \t]*$/gmu, (line, name: string) => name.padEnd(line.length));

function place(doc: Text, { row, column }: Remark['from']): number {
  const line = doc.line(Math.max(1, Math.min(row, doc.lines)));
  return Math.min(line.from + column - 1, line.to);
}

const wordsOf = (cell: HTMLElement): ReadonlySet<string> => new Set(LiveCell.sourceOf(cell).match(/[^\W\d]\w*/gu));

/** Whether another cell of the chapter has the name that ruff does not know. */
function elsewhere({ code, message }: Remark, here: LiveCell): boolean {
  const name = code === 'F821' ? /`([^`]+)`/.exec(message)?.[1] : undefined;
  if (name === undefined) return false;
  const cells = document.querySelectorAll<HTMLElement>('py-cell[data-live][data-mode="notebook"]');
  return [...cells].some((cell) => cell !== here.element && wordsOf(cell).has(name));
}

function diagnosticOf(doc: Text, remark: Remark): Diagnostic {
  const to = place(doc, remark.to);
  return {
    // Where something is missing there is nothing to mark: the character before it is.
    from: Math.min(place(doc, remark.from), Math.max(doc.lineAt(to).from, to - 1)),
    to,
    severity: remark.code === '' ? 'error' : 'warning',
    source: remark.code === '' ? 'ruff' : `ruff ${remark.code}`,
    message: remark.message,
  };
}

async function remarksOn(view: EditorView, target: LiveCell): Promise<readonly Diagnostic[]> {
  const { doc } = view.state;
  const notebook = target.cell.options.mode === 'notebook';
  const checker = await loadChecker();
  const text = doc.toString();
  const remarks = await checker.check(notebook ? withoutHelp(text) : text, notebook);
  return remarks.filter((remark) => !notebook || !elsewhere(remark, target)).map((remark) => diagnosticOf(doc, remark));
}

const theme = EditorView.theme({
  '.cm-lintRange-warning, .cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--mark-warn)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '0.2em',
  },
  '.cm-lintRange-active': { background: 'var(--accent-soft)' },
  '.cm-lintRange-error': { textDecorationColor: 'var(--mark-error)' },
  '.cm-diagnostic': { padding: '0.375rem 0.75rem', border: '0', whiteSpace: 'pre-wrap' },
  '.cm-diagnosticSource': { color: 'var(--muted)', opacity: '1', fontSize: 'inherit' },
  '.cm-panel.cm-panel-lint ul': { maxHeight: '9rem' },
  // Not the system's colours of a selection, on which the rule's name cannot be read; in forced colours the line remains.
  '.cm-panel.cm-panel-lint ul [aria-selected], .cm-panel.cm-panel-lint ul:focus [aria-selected]': {
    color: 'inherit',
    background: 'var(--accent-soft)',
    outline: '2px solid transparent',
    outlineOffset: '-2px',
  },
  '.cm-panel.cm-panel-lint button[name="close"]': { color: 'var(--ink)' },
});

export const marks = (target: LiveCell): Extension => [
  // What cannot be loaded is told to who asks for it in the menu.
  linter((view) => remarksOn(view, target).catch(() => []), { delay: 300 }),
  keymap.of(lintKeymap),
  theme,
];

/** Checks what stands there now, and shows the list if there is anything in it. Returns how many remarks. */
export async function showRemarks(view: EditorView, target: LiveCell): Promise<number> {
  const { length } = await remarksOn(view, target);
  forceLinting(view);
  if (length > 0) openLintPanel(view);
  return length;
}
