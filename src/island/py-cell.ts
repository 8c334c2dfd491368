/**
 * `<py-cell>`: the small part of a live cell that every page loads. It waits for an intent to run and then loads the rest.
 *
 * Invariant: until a reader acts, unless the browser lacks what cells need, this element fetches nothing and changes nothing
 * on the page. What was kept of an earlier visit is put back by `kept/page.ts`.
 */
import { copySource } from './copy.ts';
import { closeMenus } from './menu.ts';
import { say } from './say.ts';

type Live = typeof import('./live/actions.ts');
type Editor = typeof import('./editor/open.ts');

let live: Promise<Live> | undefined;
let editor: Promise<Editor> | undefined;

/** The code that runs cells, loaded once; a failed load is tried again at the next intent. */
function loadLive(): Promise<Live> {
  live ??= import('./live/actions.ts').catch((reason: unknown) => {
    live = undefined;
    throw reason;
  });
  return live;
}

/** The editor, loaded once, when a reader first goes into the code of a cell. */
function loadEditor(): Promise<Editor> {
  editor ??= import('./editor/open.ts').catch((reason: unknown) => {
    editor = undefined;
    throw reason;
  });
  return editor;
}

/** The page's own words for its own failure: the module that shows faults is what did not come. */
function sayNotLoaded(cell: HTMLElement): void {
  const state = cell.querySelector<HTMLElement>('.cell-state');
  if (!state) return;
  cell.dataset['state'] = 'failed';
  state.hidden = false;
  state.textContent = 'Cannot load Python. Check the connection and press Run again.';
}

const warming = '[data-action^="run"]';

export class PyCell extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', (event) => {
      const place = (event.target as Element).closest<HTMLAnchorElement>('a.out-place');
      if (place) this.#find(place, event);
      const button = (event.target as Element).closest<HTMLButtonElement>('button[data-action]');
      const action = button?.dataset['action'];
      // Stop takes the place of Run: the second half of a double click must not end what the first one began.
      if (action === undefined || (action === 'stop' && event.detail > 1)) return;
      this.#act(action);
    });
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      // Nor must a key that is held: focus went along from Run to Stop.
      if (event.repeat && (event.target as Element).closest('[data-action]')) event.preventDefault();
      if (event.repeat || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
      // Ctrl+Enter on a button would also press it.
      event.preventDefault();
      this.#act('run');
    });
    for (const intent of ['pointerdown', 'focusin', 'click'] as const) {
      this.addEventListener(intent, (event) => {
        const code = (event.target as Element).closest('pre.code');
        if (code && 'live' in this.dataset) this.edit(intent === 'click' || code.matches(':focus-visible'));
      });
    }
    for (const intent of ['pointerover', 'focusin', 'pointerdown'] as const) {
      this.addEventListener(intent, (event) => {
        if ((event.target as Element).closest(warming)) this.#warm();
      });
    }
  }

  #warm(): void {
    loadLive().then(
      ({ warm }) => {
        warm();
      },
      () => undefined, // Said when the reader presses Run.
    );
  }

  /** Loads the editor, and opens it unless a drag of the mouse has yet to end. */
  edit(open: boolean, focus = true): void {
    loadEditor().then(
      (loaded) => {
        if (open) loaded.open(this, focus);
      },
      () => {
        if (open) say(this, 'Cannot load the editor. Check the connection.');
      },
    );
  }

  /** The link leads to the cell by itself; the rest leads to the line. */
  #find(place: HTMLAnchorElement, event: Event): void {
    event.preventDefault();
    import('./go-to-line.ts').then(
      ({ goToLine }) => goToLine(place),
      () => {
        location.hash = place.hash;
      },
    );
  }

  #act(action: string): void {
    closeMenus(action === 'run' ? undefined : this);
    if (action === 'copy' && !('editor' in this.dataset)) {
      copySource(this);
      return;
    }
    if (action !== 'copy-output' && action !== 'reset' && action !== 'replay' && !('live' in this.dataset)) return;
    loadLive().then(
      ({ act }) => {
        act(this, action);
      },
      () => {
        sayNotLoaded(this);
      },
    );
  }
}

customElements.define('py-cell', PyCell);

// Where WebAssembly itself is missing, that is said when a reader presses Run.
if (
  Reflect.has(globalThis, 'WebAssembly') &&
  !Reflect.has(WebAssembly, 'Suspending') &&
  document.querySelector('py-cell')
)
  import('./without-fibers.ts').then(
    ({ closeCells }) => {
      closeCells();
    },
    () => undefined, // Then the session says it.
  );
