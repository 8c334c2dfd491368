/**
 * A term's definition beside it, with the ways to the chapter that explains it and to the glossary: under the pointer, by a
 * tap, by Enter.
 *
 * Invariant: at most one is open; it stands in the text right behind its term, so that Tab goes from one to the other.
 */
import { make } from '../../island/make.ts';
import { announce } from '../../island/say.ts';
import { place } from './place.ts';
import styles from './terms.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** Milliseconds that a pointer rests before the definition opens, and is away before it closes: time to get over to it. */
const rest = 250;
const away = 300;

let open: { readonly term: HTMLAnchorElement; readonly box: HTMLElement } | undefined;
let timer: number | undefined;

/** What is laid out anew above a term takes it along: a turned phone, an output that grows. */
const laidOut = new ResizeObserver(() => {
  if (open) place(open.box, open.term);
});

const later = (act: () => void, after: number): void => {
  clearTimeout(timer);
  timer = window.setTimeout(act, after);
};

/** Code stands between backticks. */
const words = (text: string): readonly (string | Node)[] =>
  text.split('`').map((piece, index) => (index % 2 === 1 ? make('code', '', piece) : piece));

function link(text: string, href: string): HTMLAnchorElement {
  const made = make('a', '', text);
  made.href = href;
  return made;
}

/** Where the course explains it: a link, named by the chapter when the page’s outline has it. */
function explanation(see: string): HTMLAnchorElement {
  const [slug = '', section] = see.split('#');
  const address = new URL(`${document.documentElement.dataset['root'] ?? '/'}${slug}/`, document.baseURI);
  const chapter = [...document.querySelectorAll<HTMLAnchorElement>('.outline-item')].find(
    ({ pathname }) => pathname === address.pathname,
  );
  if (section !== undefined) address.hash = section;
  const here = address.pathname === location.pathname;
  const number = chapter?.querySelector('.number')?.textContent.trim() ?? '';
  return link(here ? 'Explained in this chapter' : `Explained in chapter ${number}`.trimEnd(), address.href);
}

function boxFor(term: HTMLAnchorElement): HTMLElement {
  // The browser’s own small window would cover this one.
  const definition = term.dataset['definition'] ?? term.title;
  term.dataset['definition'] = definition;
  term.removeAttribute('title');
  const ways = make('span', 'term-ways');
  const { see } = term.dataset;
  if (see !== undefined) ways.append(explanation(see));
  ways.append(link('In the glossary', term.href));
  const box = make('span', 'term-box', make('span', 'term-text', ...words(definition)), ways);
  box.popover = 'auto';
  return box;
}

function close(): void {
  open?.box.hidePopover();
}

function show(term: HTMLAnchorElement): void {
  clearTimeout(timer);
  // A press on the term has closed the box before its click comes; that it closed is told later.
  if (open?.term === term && open.box.matches(':popover-open')) return;
  close();
  const box = boxFor(term);
  term.after(box);
  open = { term, box };
  term.ariaExpanded = 'true';
  box.addEventListener('toggle', ({ newState }) => {
    if (newState !== 'closed') return;
    box.remove();
    if (open?.box === box) {
      open = undefined;
      laidOut.disconnect();
    }
    if (open?.term !== term) term.ariaExpanded = null;
  });
  box.addEventListener('pointerenter', () => {
    clearTimeout(timer);
  });
  for (const part of [box, term])
    part.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse' && !('asked' in box.dataset)) later(close, away);
    });
  box.showPopover();
  place(box, term);
  laidOut.observe(document.body);
}

/** What a reader does at a term, told by the small part that every page carries. */
export function comeNear(term: HTMLAnchorElement, event: Event): void {
  if (event.type === 'pointerover') {
    if ((event as PointerEvent).pointerType !== 'mouse') return;
    later(() => {
      if (term.matches(':hover')) show(term);
    }, rest);
    return;
  }
  if (event.type !== 'click') return;
  show(term);
  if (!open) return;
  open.box.dataset['asked'] = '';
  announce(open.box.querySelector('.term-text')?.textContent ?? '');
}
