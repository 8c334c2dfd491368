/** The search dialog: Pagefind's elements in our arrangement, made when first opened and kept for the page's life. */
import styles from '@pagefind/component-ui/css?url';
import { getInstanceManager, type PagefindModal, type PagefindResults } from '@pagefind/component-ui';
import own from './search.css?url';
import { renderResult } from './result.ts';
import { Vocabulary } from './spelling.ts';
import { understandQueries } from './understand.ts';
import { ranking } from './ranking.ts';

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

async function loadVocabulary(root: URL): Promise<Vocabulary> {
  const address = new URL('pagefind/words.bin', root);
  const response = await fetch(address);
  if (!response.ok || response.body === null)
    throw new Error(
      `${address.pathname} answered ${response.status}; search needs a built site, not the development server`,
    );
  const inflated = response.body.pipeThrough(new DecompressionStream('gzip'));
  return new Vocabulary(await new Response(inflated).text());
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
function attach(): PagefindModal {
  document.body.append(element('pagefind-modal', { id: 'search-dialog' }));
  const modal = document.querySelector<PagefindModal>('pagefind-modal#search-dialog');
  const results = modal?.querySelector<PagefindResults>('pagefind-results');
  if (!modal || !results) throw new Error('the search dialog was not defined');
  results.setAttribute('max-results', '30');
  results.setAttribute('hide-sub-results', '');
  results.resultTemplate = renderResult;
  modal.querySelector('pagefind-input')?.setAttribute('placeholder', 'Search the course');
  modal.querySelector('pagefind-summary')?.setAttribute('default-message', 'Names and error messages work too.');
  modal.querySelector('pagefind-modal-body')?.prepend(filters());
  for (const dropdown of modal.querySelectorAll('pagefind-filter-dropdown')) {
    // A combobox takes no name from its content, and its `aria-label` comes and goes with what is selected.
    dropdown.querySelector('[role=combobox]')?.setAttribute('title', dropdown.getAttribute('label') ?? '');
  }
  return modal;
}

async function make(): Promise<PagefindModal> {
  const root = siteRoot();
  const [vocabulary] = await Promise.all([loadVocabulary(root), addStyles(styles), addStyles(own)]);
  const instance = getInstanceManager().getInstance('default');
  instance.options.bundlePath = new URL('pagefind/', root).href;
  Object.assign(instance.pagefindOptions, { baseUrl: root.href, ranking, excerptLength: 30 });
  understandQueries(instance, vocabulary);
  return attach();
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
