/** What search offers when it shows nothing: what it would show if it were not narrowed, else the page's own list of the course. */
import type { Instance } from '@pagefind/component-ui';
import { answerOf } from './say-counts.ts';

function withText(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function showAll(instance: Instance, count: number): HTMLElement {
  const button = withText('button', count === 1 ? 'Show the 1 result elsewhere' : `Show all ${count} results`);
  button.className = 'bar-button';
  button.addEventListener('click', () => {
    instance.triggerFilters({});
    // It goes away with what it offers.
    document.querySelector<HTMLElement>('#search-dialog input')?.focus();
  });
  return button;
}

function linkLike(link: HTMLAnchorElement): HTMLElement {
  const item = document.createElement('li');
  // A chapter's number and title, without what a reader has done of it.
  const parts = [...link.querySelectorAll('span:not(.outline-done)')].map(({ textContent }) => textContent);
  const copy = withText('a', parts.join(' ') || link.textContent.trim());
  copy.className = 'search-link';
  copy.setAttribute('href', link.href);
  item.append(copy);
  return item;
}

/** The glossary and the other pages before the chapters, of which there may be many. */
function listOfCourse(): readonly HTMLElement[] {
  const list = document.createElement('ul');
  for (const wanted of ['.outline .outline-more a', '.outline a.outline-item'])
    for (const link of document.querySelectorAll<HTMLAnchorElement>(wanted)) list.append(linkLike(link));
  return [withText('p', 'The course may call it something else. Look it up here:'), list];
}

/** Stands below the results. */
export function offerElsewhere(instance: Instance): HTMLElement {
  const offer = document.createElement('nav');
  offer.className = 'search-elsewhere';
  offer.ariaLabel = 'Elsewhere in the course';
  offer.hidden = true;
  instance.on('loading', () => {
    offer.hidden = true;
  });
  instance.on('results', () => {
    const answer = answerOf(instance);
    if (instance.searchTerm === '' || answer === undefined || answer.results.length > 0) return;
    const { everywhere } = answer;
    offer.replaceChildren(...(everywhere > 0 ? [showAll(instance, everywhere)] : listOfCourse()));
    offer.hidden = false;
  });
  return offer;
}
