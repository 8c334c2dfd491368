/** Puts an editor in place of a cell's static code. Invariant: what the editor holds is what the cell runs. */
import { closeBrackets } from '@codemirror/autocomplete';
import { history } from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { search } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { checkable, offerCheck } from '../check/offer.ts';
import { LiveCell } from '../live/cell.ts';
import { say } from '../say.ts';
import { askWhenIdle } from './ask-ahead.ts';
import { completing } from './complete.ts';
import { showStanding, standingLines, type StandingAt } from './standing-lines.ts';
import { findLine, foundLine, markFound } from './found-line.ts';
import { highlighting } from './highlight.ts';
import { keys } from './keys.ts';
import { firstText, keepEdit } from './keep-edit.ts';
import { showMessage } from './message.ts';
import { signatureHelp } from './signature.ts';
import { adoptStyleSheets } from './style-sheets.ts';
import { theme } from './theme.ts';

const views = new WeakMap<HTMLElement, EditorView>();
const hint = 'editor-hint';

/** What screen readers say after the name of an editor; one for the page. */
function addHint(): void {
  if (document.getElementById(hint)) return;
  const element = document.createElement('div');
  element.id = hint;
  element.hidden = true;
  element.textContent = 'Ctrl+Enter runs. Escape, then Tab, leaves.';
  document.body.append(element);
}

/** CodeMirror's words, in the case of the rest of the site. */
const phrases = {
  next: 'Next',
  previous: 'Previous',
  all: 'All',
  replace: 'Replace',
  'replace all': 'Replace all',
  'match case': 'Match case',
  regexp: 'Regular expression',
  'by word': 'Whole words',
  close: 'Close',
};

function extensions(target: LiveCell): Extension {
  return [
    pythonLanguage,
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    history(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    search(),
    EditorState.phrases.of(phrases),
    highlighting,
    foundLine,
    standingLines,
    checkable,
    theme,
    target.cell.options.lineNumbers ? lineNumbers() : [],
    keys(() => {
      say(target.element, 'Tab leaves the code');
    }),
    keepEdit(target),
    completing(target),
    signatureHelp(target),
    EditorView.editorAttributes.of({ class: 'code' }),
    EditorView.contentAttributes.of({
      tabindex: '0',
      'aria-label': `Code of ${target.name}`,
      'aria-describedby': hint,
    }),
  ];
}

/** Offsets in the text of `code` where the page's selection begins and ends, as far as it is inside. */
function selectionIn(code: Element): { readonly anchor: number; readonly head: number } | undefined {
  const selection = getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  if (!selection || !anchorNode || !focusNode) return undefined;
  if (!code.contains(anchorNode) || !code.contains(focusNode)) return undefined;
  const offset = (node: Node, at: number): number => {
    const range = document.createRange();
    range.setStart(code, 0);
    range.setEnd(node, at);
    return range.toString().length;
  };
  return { anchor: offset(anchorNode, selection.anchorOffset), head: offset(focusNode, selection.focusOffset) };
}

/** Whether a reader who went into the code of `cell` has gone to something else while the editor was loaded. */
function movedOn(cell: HTMLElement): boolean {
  const now = document.activeElement;
  const inCode = cell.contains(now) && now?.closest('pre.code, .cm-editor');
  return !inCode && now !== null && now !== document.body;
}

/**
 * Opens the editor of a cell that can run, once. `mayFocus` puts the cursor where the page's selection is, unless the reader
 * has moved on.
 */
export function open(element: HTMLElement, mayFocus: boolean): void {
  const focus = mayFocus && !movedOn(element);
  const known = views.get(element);
  const pre = element.querySelector<HTMLElement>('pre.code');
  const code = pre?.querySelector('code');
  if (known || !pre || !code) {
    if (focus) known?.focus();
    return;
  }
  adoptStyleSheets();
  addHint();
  const target = LiveCell.of(element);
  const { text: doc, message } = firstText(target);
  const given = code.textContent === doc ? selectionIn(code) : undefined;
  const view = new EditorView({
    doc,
    extensions: extensions(target),
    ...(given && { selection: given }),
  });
  views.set(element, view);
  offerCheck(view, target);
  askWhenIdle();
  const { scrollLeft } = pre;
  element.dataset['editor'] = '';
  delete element.dataset['edited'];
  pre.replaceWith(view.dom);
  view.scrollDOM.scrollLeft = scrollLeft;
  // Unless it was told when the page was loaded: then it stays where it is, and nothing moves.
  if (message !== undefined && !element.querySelector('.cell-notice.is-kept')) showMessage(view, message);
  // Also where nobody has gone into it: a reader who comes later by Tab must get out again.
  view.setTabFocusMode(true);
  if (focus) view.focus();
}

/** Opens the editor, unless it is open, and leads to a line of it, as if the reader had walked there. */
export function showLine(element: HTMLElement, line: number): void {
  open(element, false);
  const view = views.get(element);
  if (!view) return;
  findLine(view, line);
  view.setTabFocusMode(true);
  view.focus();
}

/** Opens the editor, unless it is open, and marks a line of it; undefined takes the mark away. */
export function markLine(element: HTMLElement, line: number | undefined): void {
  if (line !== undefined) open(element, false);
  const view = views.get(element);
  if (view) markFound(view, line);
}

/** Opens the editor, unless it is open, and marks where threads stand; with none it takes the marks away. */
export function markStanding(element: HTMLElement, standing: readonly StandingAt[]): void {
  if (standing.length > 0) open(element, false);
  const view = views.get(element);
  if (view) showStanding(view, standing);
}
