/**
 * Registers the service worker once a reader acts, hands it what the page has loaded, offers installation, and tells of a
 * new version.
 *
 * Invariant: a page without a service worker does all that it did before; no page is reloaded but by its reader.
 */
import { showNotice } from './notice.ts';
import { ask, siteRoot } from './ask.ts';
import { workerFile } from './list.ts';

/** Chromium's: kept until the reader asks for it. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

let offered: InstallOffer | undefined;

/** Undefined where the browser offers none, or has the course installed. */
export const installOffer = (): InstallOffer | undefined => offered;

addEventListener('beforeinstallprompt', (event) => {
  // The browser's own bar would stand over the text.
  event.preventDefault();
  offered = event as InstallOffer;
});
addEventListener('appinstalled', () => (offered = undefined));

function linkManifest(): void {
  if (document.querySelector('link[rel="manifest"]')) return;
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = new URL('manifest.json', siteRoot).href;
  const icon = document.createElement('link');
  icon.rel = 'apple-touch-icon';
  icon.href = new URL('icons/192.png', siteRoot).href;
  document.head.append(link, icon);
}

/** Each version that waits is told of once in a page. */
const told = new WeakSet<ServiceWorker>();

function tellOf(waiting: ServiceWorker): void {
  if (told.has(waiting)) return;
  told.add(waiting);
  showNotice('There is a new version of this course.', 'Load it', async () => {
    if (document.querySelector('py-cell[data-state="running"]'))
      return 'A program is running in this page. Load the new version when it has ended.';
    const { windows } = await ask(waiting, { type: 'version.use' });
    if (windows > 1)
      return `The course is open in ${windows} tabs or windows. Close the others, then load the new version.`;
    if (waiting.state !== 'activated')
      await new Promise<void>((resolve) => {
        waiting.addEventListener('statechange', () => {
          if (waiting.state === 'activated') resolve();
        });
      });
    location.reload();
    return undefined;
  });
}

function watch(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    // The first version has nothing before it, and waits for nobody.
    if (registration.waiting && registration.active) tellOf(registration.waiting);
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  look();
}

async function begin(): Promise<ServiceWorkerRegistration | undefined> {
  // `in`: the property is not there without TLS, and reading it throws in some private windows.
  if (!('serviceWorker' in navigator) || location.protocol === 'file:') return undefined;
  linkManifest();
  try {
    const registration = await navigator.serviceWorker.register(new URL(workerFile, siteRoot), {
      scope: siteRoot.pathname,
    });
    watch(registration);
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    if (active) await ask(active, { type: 'files.keep', addresses: [location.href, ...loaded] });
    return registration;
  } catch {
    return undefined; // Forbidden, or no room: everything comes from the network, as without a worker.
  }
}

/** Once what the page has loaded so far is kept; undefined where there can be no worker. */
export const registered = begin();
