/**
 * `<py-cell>`: the small part of a live cell that every page loads. It waits for an intent to run and then loads the rest.
 *
 * Invariant: until a reader acts, unless the browser lacks what cells need, this element fetches nothing and changes nothing
 * on the page. What was kept of an earlier visit is put back by `kept/page.ts`.
 */
import { copy, type Copied } from './copy.ts';
import { goIntoCode } from './into-code.ts';
import { loadOnce } from './load-once.ts';
import { closeMenus } from './menu.ts';
import { say } from './say.ts';

/** The code that runs cells. */
const loadLive = loadOnce(() => import('./live/actions.ts'));

/** What leads to the code that runs cells; a menu is complete with what comes with it. */
const leading = '[data-action^="run"], summary';

class PyCell extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>('button[data-action]');
      const action = button?.dataset['action'];
      if (action !== undefined) this.#act(action);
    });
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      // A key that is held must not end what it began: focus went along from Run to Stop.
      if (event.repeat && (event.target as Element).closest('[data-action]')) event.preventDefault();
      if (event.repeat || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
      // Ctrl+Enter on a button would also press it.
      event.preventDefault();
      this.#act('run');
    });
    goIntoCode(this);
    for (const intent of ['pointerover', 'focusin', 'pointerdown'] as const) {
      this.addEventListener(intent, (event) => {
        const towards = (event.target as Element).closest(leading);
        // What fails is said when the reader presses Run.
        if (towards)
          loadLive().then(({ warm }) => {
            warm(towards);
          }, Boolean);
      });
    }
  }

  #copy(action: string): void {
    const shown = this.querySelector(action === 'copy' ? '.cm-content, pre.code code' : '.cell-output');
    const copied = async (): Promise<Copied> => {
      // The highlighted text is the source, character for character, unless a reader has changed it.
      if (action === 'copy' && !this.matches('[data-editor], [data-edited]'))
        return [shown?.textContent ?? '', 'Copied'];
      return (await loadLive()).copied(this, action);
    };
    copy(this, copied(), shown);
  }

  #act(action: string): void {
    closeMenus(action === 'run' ? undefined : this);
    if (action.startsWith('copy')) {
      this.#copy(action);
      return;
    }
    if (action === 'run' && !('live' in this.dataset)) return;
    loadLive().then(
      ({ act }) => {
        act(this, action);
      },
      () => {
        // The page's own words for its own failure: the module that shows faults is what did not come.
        say(this, 'Cannot load Python. Check the connection and press Run again.', true);
      },
    );
  }
}

customElements.define('py-cell', PyCell);

// Where WebAssembly itself is missing, that is said when a reader presses Run.
if ('WebAssembly' in globalThis && !('Suspending' in WebAssembly) && document.querySelector('py-cell'))
  import('./without-fibers.ts').then(
    ({ closeCells }) => {
      closeCells();
    },
    () => undefined, // Then the session says it.
  );
