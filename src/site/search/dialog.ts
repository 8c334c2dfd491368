/** The search dialog: Pagefind's elements in our arrangement, made when first opened and kept for the page's life. */
import styles from '@pagefind/component-ui/css?url';
import { getInstanceManager, type PagefindModal, type PagefindResults } from '@pagefind/component-ui';
import own from './search.css?url';
import { askCourseIndex } from './ask-course-index.ts';
import { closeInTime } from './closing.ts';
import { openIndex } from './course-index.ts';
import { offerElsewhere } from './elsewhere.ts';
import { inflated } from './inflated.ts';
import { renderResult } from './result.ts';
import { sayCounts } from './say-counts.ts';
import { understandQueries } from './understand.ts';
import { Words } from './words.ts';

/** Absolute: Pagefind's loader would take a relative path for one beside its own script. */
function siteRoot(): URL {
  return new URL(document.documentElement.dataset['root'] ?? '/', document.baseURI);
}

function addStyles(href: string): Promise<void> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = href;
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => {
      resolve();
    });
    link.addEventListener('error', () => {
      reject(new Error('the style sheet of search did not load'));
    });
    document.head.append(link);
  });
}

function element(name: string, attributes: Readonly<Record<string, string>> = {}, ...children: Node[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function filters(): HTMLElement {
  return element(
    'div',
    { class: 'search-filters' },
    element('pagefind-filter-dropdown', { filter: 'chapter', label: 'Chapter', wrap: '', 'hide-clear': '' }),
    element('pagefind-filter-dropdown', { filter: 'kind', label: 'Kind', 'hide-clear': '' }),
  );
}

/** The dialog fills itself when it is attached; what differs from its own arrangement is set after that. */
function attach(narrowing: HTMLElement, elsewhere: HTMLElement): PagefindModal {
  document.body.append(element('pagefind-modal', { id: 'search-dialog' }));
  const modal = document.querySelector<PagefindModal>('pagefind-modal#search-dialog');
  const results = modal?.querySelector<PagefindResults>('pagefind-results');
  if (!modal || !results) throw new Error('the search dialog was not defined');
  results.setAttribute('max-results', '30');
  results.setAttribute('hide-sub-results', '');
  results.resultTemplate = renderResult;
  modal.querySelector('pagefind-input')?.setAttribute('placeholder', 'Search the course');
  modal.querySelector('pagefind-summary')?.setAttribute('default-message', 'Names and error messages work too.');
  const body = modal.querySelector('pagefind-modal-body');
  body?.prepend(narrowing);
  body?.append(elsewhere);
  for (const dropdown of modal.querySelectorAll('pagefind-filter-dropdown')) {
    // A combobox takes no name from its content, and its `aria-label` comes and goes with what is selected.
    dropdown.querySelector('[role=combobox]')?.setAttribute('title', dropdown.getAttribute('label') ?? '');
  }
  return modal;
}

function wordsAt(root: URL): Words {
  return new Words((letter) => inflated(new URL(`pagefind/words/${letter}.bin`, root)));
}

async function make(): Promise<PagefindModal> {
  const root = siteRoot();
  const words = wordsAt(root);
  const [index] = await Promise.all([openIndex(root, words), addStyles(styles), addStyles(own)]);
  const instance = getInstanceManager().getInstance('default');
  // In the field, too: the dialog takes the key before its field can clear itself.
  instance.setTranslations({ keyboard_clear: 'close' });
  const narrowing = filters();
  askCourseIndex(instance, index, narrowing);
  understandQueries(instance, words);
  sayCounts(instance);
  const modal = attach(narrowing, offerElsewhere(instance));
  closeInTime(modal);
  modal.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement) words.expect(target.value);
  });
  return modal;
}

let made: Promise<PagefindModal> | undefined;

/** Rejects when something of it cannot be loaded; the next call tries again. */
export async function openDialog(): Promise<void> {
  made ??= make();
  try {
    (await made).open();
  } catch (error) {
    made = undefined;
    throw error;
  }
}
