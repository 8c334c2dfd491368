/** Links of finished pages that lead nowhere: what components and layouts made, which the check of chapters cannot see. */
import { attribute, type Element } from './html.ts';

export interface PageLinks {
  /** Path below the output's root, for example `threads/index.html`. */
  readonly page: string;
  readonly ids: ReadonlySet<string>;
  readonly duplicateIds: readonly string[];
  readonly urls: readonly string[];
}

const withUrl = { a: 'href', link: 'href', img: 'src', script: 'src', iframe: 'src', use: 'href' } as const;

function urlAttribute(tag: string): string | undefined {
  return Object.entries(withUrl).find(([name]) => name === tag)?.[1];
}

export function linksOf(elements: readonly Element[], page: string): PageLinks {
  const ids = new Set<string>();
  const duplicateIds: string[] = [];
  const urls = new Set<string>();
  for (const element of elements) {
    const id = attribute(element, 'id');
    if (id !== undefined && ids.has(id)) duplicateIds.push(id);
    if (id !== undefined) ids.add(id);
    const name = urlAttribute(element.tagName);
    const url = name === undefined ? undefined : attribute(element, name)?.trim();
    if (url !== undefined && !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) urls.add(url);
  }
  return { page, ids, duplicateIds, urls: [...urls] };
}

/** The address of a page as a host serves it: `/threads/` for `threads/index.html`. */
function addressOf(page: string): string {
  return `/${page.replace(/(^|\/)index\.html$/, '$1')}`;
}

/**
 * `exists` tells whether the output has a file, by its path below the root; `where` names the source of a page's link, by the
 * address that it leads to.
 */
export function deadLinks(
  pages: readonly PageLinks[],
  exists: (file: string) => boolean,
  where: (page: string, target: string) => string = (page) => page,
): string[] {
  const byAddress = new Map(pages.map((one) => [addressOf(one.page), one]));
  const faults: string[] = [];
  for (const { page, urls, duplicateIds } of pages) {
    for (const id of duplicateIds) faults.push(`${where(page, id)}: the id “${id}” is on two elements`);
    for (const url of urls) {
      const { pathname, hash } = new URL(url, `http://site.invalid${addressOf(page)}`);
      const path = decodeURIComponent(pathname);
      const source = (): string => where(page, pathname === addressOf(page) ? hash : `${pathname}${hash}`);
      const target = byAddress.get(path);
      if (target === undefined) {
        if (path.endsWith('/') || !exists(path.slice(1))) faults.push(`${source()}: the link ${url} leads nowhere`);
        continue;
      }
      const anchor = decodeURIComponent(hash.slice(1));
      // `#top` is the browser's own.
      if (anchor !== '' && anchor !== 'top' && !target.ids.has(anchor)) {
        faults.push(`${source()}: the link ${url} leads to no element of ${target.page}`);
      }
    }
  }
  return faults;
}
