/**
 * "Keep for offline": what it takes, the download with its progress, and how to be rid of it; and the offer to install.
 *
 * Invariant: whatever fails, a sentence says what happened, and what was kept before is still there.
 */
import { button, make, openDialog } from '../reader/dialog.ts';
import { ask, siteRoot } from './ask.ts';
import { installOffer, registered } from './begin.ts';
import { keep, keptOf, removeKept, type KeepEnd, type KeptState } from './keep.ts';
import { listFile, type FileList, type ListedFile, type Part } from './list.ts';

const parts: readonly (readonly [words: string, ...parts: Part[]])[] = [
  ['Pages of the course', 'shell', 'pages'],
  ['Search', 'search'],
  ['Python', 'python'],
  ['Python packages', 'packages'],
  ['Checker for your code', 'checker'],
];

const bytesOf = (files: readonly ListedFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const noWorker =
  'This browser keeps nothing for offline here. It needs an address that begins with https, and a window that is not private. The course works as before, with a network.';
const forbidden =
  'The browser does not let this site keep files. Nothing was changed; the course works with a network.';

function words(end: KeepEnd): string {
  switch (end.kind) {
    case 'whole':
      return 'All of the course is kept. It now opens and runs without a network.';
    case 'stopped':
      return 'Stopped. What has come is kept; “Keep for offline” goes on from there.';
    case 'full':
      return 'The browser has no room for the rest. What has come is kept. Free some space, then go on.';
    case 'busy':
      return 'Another tab is keeping the course. Its progress shows there.';
    case 'failed':
      return `Not all of it came: ${end.why}. What has come is kept; “Keep for offline” goes on from there.`;
  }
}

class Panel {
  readonly #said = make('p', 'reader-said');
  readonly #state = make('p', '', 'Looking at what is kept…');
  readonly #sizes = make('div', '');
  readonly #progress = make('progress', 'offline-progress');
  readonly #count = make('p', 'reader-note');
  readonly #keep = button('Keep for offline', () => void this.#run());
  readonly #stop = button('Stop', () => {
    this.#stopping?.abort();
  });
  readonly #remove = button('Remove what is kept', () => void this.#clear());
  readonly #install = button('Install as an app', () => void installOffer()?.prompt());
  #stopping: AbortController | undefined;
  #list: FileList | undefined;

  open(): void {
    this.#said.setAttribute('role', 'status');
    this.#progress.ariaLabel = 'Kept for offline';
    this.#show(undefined);
    const dialog = openDialog(
      'Keep for offline',
      this.#state,
      this.#sizes,
      this.#progress,
      this.#count,
      make('p', 'reader-bar', this.#keep, this.#stop, this.#remove, this.#install),
      this.#said,
      make('p', 'reader-note', 'Pages that you visit are kept in any case. All of it stays in this browser.'),
    );
    dialog?.addEventListener('close', () => this.#stopping?.abort());
    if (dialog) void this.#look();
  }

  #fail(text: string): void {
    this.#state.textContent = text;
    this.#show(undefined);
  }

  /** The list of the version that this page is of. */
  async #look(): Promise<void> {
    try {
      const registration = await registered;
      if (!registration?.active) {
        this.#fail(noWorker);
        return;
      }
      const { version } = await ask(registration.active, { type: 'version.ask' });
      const answer = await fetch(new URL(listFile, siteRoot), { cache: 'no-cache' }).catch(() => undefined);
      const list = answer?.ok === true ? ((await answer.json()) as FileList) : undefined;
      const state = list && (await keptOf(list, siteRoot));
      if (!list || !state) this.#fail('There is no network now. What was kept before is still there.');
      else if (list.version !== version) {
        this.#fail(
          'There is a new version of the course. Close its other tabs and load this page again, then keep it.',
        );
        await registration.update();
      } else {
        this.#list = list;
        this.#show(state);
      }
    } catch {
      this.#fail(forbidden);
    }
  }

  #show(state: KeptState | undefined): void {
    const running = this.#stopping !== undefined;
    const list = this.#list;
    const some = state !== undefined && list !== undefined && state.missing.some(({ part }) => part !== 'shell');
    this.#progress.hidden = this.#count.hidden = this.#stop.hidden = !running;
    this.#keep.hidden = running || state === undefined || !some;
    this.#remove.hidden =
      running || !state || !list || !list.files.some((file) => file.part !== 'shell' && !state.missing.includes(file));
    this.#install.hidden = running || !installOffer();
    if (!state || !list) return;
    this.#state.textContent = state.whole
      ? `All of the course is kept: ${megabytes(bytesOf(list.files))}.`
      : `To read and run all of the course without a network, this browser has to fetch ${megabytes(bytesOf(state.missing))}.`;
    const rows = parts.flatMap(([name, ...which]) => {
      const files = list.files.filter(({ part }) => which.includes(part));
      if (files.length === 0) return [];
      const missing = bytesOf(state.missing.filter(({ part }) => which.includes(part)));
      const kept = missing === 0 ? 'kept' : `${megabytes(missing)} to fetch`;
      return [make('dt', '', name), make('dd', '', `${megabytes(bytesOf(files))}, ${kept}`)];
    });
    this.#sizes.replaceChildren(make('dl', 'reader-keys', ...rows));
  }

  async #run(): Promise<void> {
    const list = this.#list;
    if (!list) return;
    const stopping = (this.#stopping = new AbortController());
    this.#said.textContent = '';
    try {
      const state = await keptOf(list, siteRoot);
      this.#show(state);
      this.#stop.focus();
      const total = bytesOf(list.files);
      let done = total - bytesOf(state.missing);
      const tell = (bytes: number): void => {
        done += bytes;
        this.#progress.max = total;
        this.#progress.value = done;
        this.#count.textContent = `${megabytes(done)} of ${megabytes(total)}`;
      };
      tell(0);
      const end = await keep(list, siteRoot, stopping.signal, ({ bytes }) => {
        tell(bytes);
      });
      this.#said.textContent = words(end);
      // Else a browser that runs out of room may remove all of it.
      if (end.kind === 'whole') await navigator.storage.persist().catch(() => false);
    } catch {
      this.#said.textContent = forbidden;
    } finally {
      this.#stopping = undefined;
      await this.#again(list);
    }
  }

  async #again(list: FileList): Promise<void> {
    const state = await keptOf(list, siteRoot).catch(() => undefined);
    this.#show(state);
    (this.#keep.hidden ? this.#remove : this.#keep).focus();
  }

  async #clear(): Promise<void> {
    const list = this.#list;
    if (!list) return;
    try {
      await removeKept(list, siteRoot);
      this.#said.textContent = 'Removed. The course works with a network, and keeps what you visit.';
    } catch {
      this.#said.textContent = forbidden;
    }
    await this.#again(list);
  }
}

export function openOffline(): void {
  new Panel().open();
}
