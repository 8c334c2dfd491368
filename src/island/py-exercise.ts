/**
 * `<py-exercise>`: the small part of an exercise that every page loads. It waits for an intent to answer; then it loads the
 * rest. What was done on an earlier visit is put back by `kept/page.ts`.
 *
 * Invariant: until a reader acts, this element fetches nothing and moves nothing on the page.
 */
import { loadOnce } from './load-once.ts';

type Exercises = typeof import('./exercise/actions.ts');

const load = loadOnce((): Promise<Exercises> => import('./exercise/actions.ts'));

class PyExercise extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>('[data-exercise-action]');
      if (button)
        this.#with(({ act }) => {
          act(this, button);
        });
    });
    for (const intent of ['focusin', 'pointerover', 'pointerdown', 'input'] as const) {
      this.addEventListener(intent, (event) => {
        const within = (event.target as Element).closest('.exercise-bar, .exercise-text, .order-list, .choices');
        if (within)
          this.#with(({ prepare }) => {
            prepare(this, event);
          }, intent === 'input');
      });
    }
    // `toggle` does not bubble.
    this.addEventListener(
      'toggle',
      ({ target }) => {
        this.#with(({ opened }) => {
          opened(this, target as Element);
        });
      },
      true,
    );
  }

  /** `tell` when the reader waits for it. */
  #with(use: (loaded: Exercises) => void, tell = true): void {
    load().then(use, () => {
      const state = this.querySelector<HTMLElement>('.exercise-state');
      if (!tell || !state) return;
      state.textContent = 'Cannot load this exercise. Check the connection and try again.';
      state.hidden = false;
    });
  }
}

customElements.define('py-exercise', PyExercise);
