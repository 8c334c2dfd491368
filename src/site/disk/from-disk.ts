/**
 * Of a page that was opened from a disk: browsers load no module from there, so this classic script says so where a reader
 * asks for what needs one, and leads links to the files of pages, since a disk shows the list of a folder.
 */
import { tell } from '../search/failure.ts';
import { asksForSearch } from '../search/asks.ts';

const root = new URL(document.documentElement.dataset['root'] ?? './', document.baseURI);

/** As its owner would write it: Windows has no slash before a drive. */
const folder = decodeURIComponent(root.pathname)
  .replace(/^\/(?=[A-Z]:)/u, '')
  .replace(/\/$/u, '');

/** What each button of a page's bar is for, as the subject of “… did not open”. */
const buttons: readonly (readonly [selector: string, what: string])[] = [
  ['[data-search-open]', 'Search'],
  ['[data-outline-open]', 'The list of chapters'],
  ['[data-reader="work"]', 'Your progress'],
  ['[data-reader]', 'The settings'],
];

function explain(what: string): void {
  const command = document.createElement('code');
  command.textContent = `python3 -m http.server --directory "${folder}"`;
  tell(
    `${what} did not open`,
    [
      [
        'This page was opened from a disk, and from there browsers load none of the scripts that search, run code and keep what you write.',
      ],
      ['With Python on this machine, run ', command, ' and open http://localhost:8000/; any other web server will do.'],
      [
        'All text and all recorded output can be read without one. The lists below lead to it; the glossary and the index of errors stand in for a search.',
      ],
    ],
    { lists: true },
  );
}

function begin(): void {
  for (const link of document.links)
    if (link.protocol === 'file:' && link.pathname.endsWith('/')) link.pathname += 'index.html';
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();

// Before the page’s own listeners, of which a browser that is set to be lenient has some.
document.addEventListener(
  'click',
  (event) => {
    const found = buttons.find(([selector]) => (event.target as Element).closest(selector));
    if (!found) return;
    event.stopPropagation();
    explain(found[1]);
  },
  true,
);
document.addEventListener(
  'keydown',
  (event) => {
    if (!asksForSearch(event) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.stopPropagation();
    explain('Search');
  },
  true,
);
