/** The page that stands in for one that was not kept: names the address that was asked for, and lists what is kept. */
import { make } from '../../island/make.ts';
import { siteRoot } from './ask.ts';
import { addressOf, cachePrefix, offlinePage } from './list.ts';

const asked = document.getElementById('asked-page');
const list = document.getElementById('kept-pages');
const again = document.getElementById('ask-again') as HTMLAnchorElement | null;

/** Of this site alone: the fragment may have been written by anyone. */
function askedFor(): URL | undefined {
  try {
    const address = new URL(decodeURIComponent(location.hash.slice(1)));
    return address.origin === siteRoot.origin && address.pathname.startsWith(siteRoot.pathname) ? address : undefined;
  } catch {
    return undefined;
  }
}

const titleOf = (html: string): string =>
  new DOMParser().parseFromString(html, 'text/html').title.split(' · ')[0] ?? '';

async function keptPages(): Promise<readonly (readonly [address: string, title: string])[]> {
  const names = (await caches.keys()).filter((name) => name.startsWith(cachePrefix(siteRoot)));
  const found = new Map<string, string>();
  for (const name of names) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const path = url.slice(siteRoot.href.length);
      if (!/(?:^|\/)index\.html$/.test(path) || path === offlinePage) continue;
      const page = await cache.match(url);
      if (page) found.set(addressOf(path, siteRoot), titleOf(await page.text()));
    }
  }
  return [...found];
}

async function show(): Promise<void> {
  const address = askedFor();
  if (address && asked && again) {
    asked.textContent = decodeURI(address.pathname);
    again.href = address.href;
    again.parentElement?.removeAttribute('hidden');
    asked.parentElement?.removeAttribute('hidden');
  }
  const pages = await keptPages().catch(() => []);
  const none = make('li', '', 'Nothing is kept in this browser yet.');
  const items = pages.map(([href, title]) => {
    const link = make('a', '', title);
    link.href = href;
    return make('li', '', link);
  });
  list?.replaceChildren(...(items.length === 0 ? [none] : items));
}

void show();
addEventListener('hashchange', () => void show());
