/**
 * A thread of a program that is run step by step: its name, what it does, three buttons that let it go on, and its frames.
 *
 * Invariant: the buttons stay the same elements from step to step, so that the focus stays on the one that was pressed. One
 * that cannot act is marked so, and says why when it is pressed.
 */
import type { Stands } from '../../protocol/stepping.ts';
import { make, makeButton } from '../make.ts';
import { namesView } from './names-view.ts';
import type { Go } from './walk.ts';
import { changedNames, frameBefore, goals, nameOf, placeOf, toldLane, whyNot } from './words.ts';

let lanes = 0;

export class LaneView {
  readonly element = make('section', 'step-lane');
  readonly #index: number;
  readonly #file: string;
  readonly #name = make('h4', 'step-name');
  readonly #state = make('p', 'step-state');
  readonly #why = make('p', 'step-why');
  readonly #frames = make('div', 'step-frames');
  readonly #buttons: readonly HTMLButtonElement[];

  /** `file` is the cell's own. `go` is called when the thread is told to go on; `cannot`, with the reason, when it cannot. */
  constructor(index: number, file: string, go: (command: Go) => void, cannot: (why: string) => void) {
    this.#index = index;
    this.#file = file;
    lanes += 1;
    this.#name.id = `step-lane-${lanes}`;
    this.#why.id = `step-why-${lanes}`;
    this.element.setAttribute('aria-labelledby', this.#name.id);
    this.#buttons = goals.map(([until, words]) => {
      const button = makeButton(words, () => {
        if (button.ariaDisabled === 'true') cannot(this.#why.textContent);
        else go({ kind: 'go', lane: index, until });
      });
      return button;
    });
    const bar = make('div', 'step-buttons', ...this.#buttons);
    this.element.append(this.#name, this.#state, bar, this.#why, this.#frames);
  }

  show(before: Stands | undefined, now: Stands): void {
    const lane = now.lanes[this.#index];
    if (!lane) return;
    const name = nameOf(lane, this.#index);
    const why = whyNot(now, this.#index);
    this.#name.textContent = name;
    this.#state.textContent = toldLane(lane, this.#file);
    this.#why.textContent = why === undefined ? '' : `It cannot go on: ${why}.`;
    this.#why.hidden = why === undefined;
    this.element.classList.toggle('is-running', lane.state === 'stands');
    for (const [index, button] of this.#buttons.entries()) {
      button.ariaDisabled = why === undefined ? null : 'true';
      button.ariaLabel = `${goals[index]?.[1] ?? ''}: ${name}`;
      if (why === undefined) button.removeAttribute('aria-describedby');
      else button.setAttribute('aria-describedby', this.#why.id);
    }
    const old = before?.lanes[this.#index];
    const views = lane.frames.map((frame, index) => {
      const words = `${frame.name}, ${placeOf(frame, this.#file)}`;
      const changed = changedNames(frameBefore(old, lane, index)?.names ?? [], frame.names);
      if (index === 0) return frame.names.length === 0 ? '' : namesView(`Names of ${words}`, frame.names, changed);
      const called = `called from ${words}`;
      if (frame.names.length === 0) return make('p', 'step-frame', called);
      return make(
        'details',
        'step-frame',
        make('summary', '', called),
        namesView(`Names of ${words}`, frame.names, changed),
      );
    });
    if (lane.left > 0) views.push(make('p', 'step-frame', `and ${lane.left} calls before`));
    this.#frames.replaceChildren(...views);
  }
}
