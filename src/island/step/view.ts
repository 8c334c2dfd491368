/**
 * A program step by step, below the code of its cell: its threads, what they share, what it has printed, and the way back.
 *
 * Invariant: one for each cell. Screen readers hear what each step did; the buttons stay where they are from step to step.
 */
import type { SteppingAsked, Stands } from '../../protocol/stepping.ts';
import { hasRoom } from '../../session/platform.ts';
import type { LiveCell } from '../live/cell.ts';
import { programOf } from '../live/program-of.ts';
import { session } from '../live/python.ts';
import { make, makeButton } from '../make.ts';
import { announce } from '../say.ts';
import { inputForm } from './input-form.ts';
import { LaneView } from './lane-view.ts';
import { Marks } from './marks.ts';
import { namesView } from './names-view.ts';
import styles from './step.css?inline';
import { Walk, type Go } from './walk.ts';
import { changedNames, nameOf, toldStep, whyNot } from './words.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** Milliseconds after which it is said that a step is under way. */
const PATIENCE = 300;
/** Characters of what was printed that are shown: the last ones. */
const PRINTED = 20_000;

const granularities: readonly (readonly [SteppingAsked['granularity'], string])[] = [
  ['gil', 'where CPython with its lock may switch'],
  ['instruction', 'between any two instructions, as without the lock'],
];

export class StepView {
  readonly element = make('section', 'cell-step');
  readonly #cell: LiveCell;
  readonly #marks: Marks;
  readonly #said = make('p', 'step-said');
  readonly #lanes = make('div', 'step-lanes');
  readonly #shared = make('div', 'step-shared');
  readonly #printed = make('pre', 'step-printed');
  readonly #input = make('div', '');
  readonly #places = make('select', '');
  readonly #back: HTMLButtonElement;
  #views: LaneView[] = [];
  readonly #on: HTMLButtonElement;
  /** Called when the program does not come to the `breakpoint()` that it was run for; undefined once it has. */
  #missed: (() => void) | undefined;
  #walk: Walk;
  #file = '';
  /** What runs: the cell and what it continues. */
  #sources: readonly string[] = [];
  #timer: number | undefined;

  /** `close` takes it away. With `missed` the program goes on to its first `breakpoint()`; that is called if there is none. */
  constructor(cell: LiveCell, close: () => void, missed?: () => void) {
    this.#cell = cell;
    this.#marks = new Marks(cell.element);
    this.element.setAttribute('aria-label', `Step by step: ${cell.name}`);
    this.#said.tabIndex = -1;
    this.#back = makeButton('Back', () => {
      this.#goBack();
    });
    this.#missed = missed;
    this.#on = makeButton('Run on', () => {
      this.#goOn();
    });
    const again = makeButton('From the start', () => {
      this.#walk.restart();
    });
    const bar = make(
      'div',
      'step-bar',
      make('h3', 'step-title', 'Step by step'),
      this.#on,
      this.#back,
      again,
      makeButton('Close', close),
    );
    for (const [value, words] of granularities) this.#places.append(new Option(words, value));
    this.#places.addEventListener('change', () => {
      this.#walk.end();
      this.#walk = this.#begin();
    });
    const places = make('p', 'step-places', make('label', '', 'Threads change places ', this.#places));
    this.#printed.tabIndex = 0;
    this.#printed.setAttribute('aria-label', 'What the program has printed');
    this.#printed.setAttribute('role', 'region');
    this.element.append(bar, this.#said, this.#input, this.#lanes, this.#shared, this.#printed, places);
    const changed = (): void => {
      if (this.element.isConnected) this.#stale();
      else cell.element.removeEventListener('source', changed);
    };
    cell.element.addEventListener('source', changed);
    this.#walk = this.#begin();
  }

  focus(): void {
    this.#said.focus({ preventScroll: true });
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#walk.end();
    void this.#marks.show(undefined);
  }

  #begin(): Walk {
    this.element.querySelector('.step-stale')?.remove();
    const granularity = this.#places.value === 'instruction' ? 'instruction' : 'gil';
    const asked = { ...programOf(this.#cell), granularity } as const;
    this.#file = asked.filename;
    this.#sources = this.#cell.sources;
    this.#views = [];
    for (const part of [this.#lanes, this.#shared, this.#input]) part.replaceChildren();
    this.#printed.hidden = true;
    this.#said.textContent = 'Starting an interpreter for the program';
    // What has to be told first is told when the walk is there.
    const walk: Walk = new Walk({
      begin: session.step.bind(session),
      asked,
      spare: hasRoom(),
      changed: () => {
        if (this.#walk === walk) this.#show();
      },
    });
    return walk;
  }

  /** Of the code as it was. */
  #stale(): void {
    this.element.querySelector('.step-stale')?.remove();
    const { sources } = this.#cell;
    if (this.#sources.every((source, index) => source === sources[index])) return;
    this.#said.before(make('p', 'step-note step-stale', 'The code was changed after this program began.'));
  }

  #goBack(): void {
    if (this.#back.ariaDisabled === 'true') announce('The program stands before its first line');
    else this.#walk.back();
  }

  /** All threads go on until one calls `breakpoint()`. */
  #goOn(): void {
    const { stands } = this.#walk;
    if (!stands) return;
    const able = stands.lanes.findIndex((_, index) => whyNot(stands, index) === undefined);
    const lane = stands.running ?? able;
    if (this.#on.ariaDisabled === 'true' || lane < 0) announce('The program has ended');
    else this.#go({ kind: 'go', lane, until: 'break' });
  }

  #go(command: Go): void {
    const lane = this.#walk.stands?.lanes[command.lane];
    this.#walk.go(command);
    const who = lane && command.until !== 'break' ? nameOf(lane, command.lane) : 'The program';
    this.#later(`${who} goes on. Back ends that.`);
  }

  /** Says so unless the program stands soon. */
  #later(words: string): void {
    clearTimeout(this.#timer);
    const walk = this.#walk;
    this.#timer = window.setTimeout(() => {
      if (this.#walk === walk && walk.phase.kind === 'goes') this.#tell(words);
    }, PATIENCE);
  }

  #tell(words: string): void {
    if (this.#said.textContent === words) return;
    this.#said.textContent = words;
    announce(`${this.#cell.name}: ${words}`);
  }

  #cannot(why: string): void {
    if (this.#missed) this.#missed();
    else this.#tell(why);
  }

  #show(): void {
    const { phase } = this.#walk;
    this.#back.ariaDisabled = this.#walk.canGoBack ? null : 'true';
    this.#on.ariaDisabled = this.#walk.stands?.stopped === 'over' ? 'true' : null;
    if (phase.kind !== 'goes') clearTimeout(this.#timer);
    if (phase.kind !== 'asks' && this.#input.hasChildNodes()) {
      // The field had the focus, and goes.
      const stood = this.#input.contains(document.activeElement);
      this.#input.replaceChildren();
      if (stood) this.focus();
    }
    switch (phase.kind) {
      case 'goes':
        // On the way back it is shown at once what was seen there.
        if (this.#walk.goesBack) this.#showStands();
        return;
      case 'stands':
        this.#showStands();
        return;
      case 'asks':
        this.#showPrinted();
        this.#tell('The program asks for input.');
        this.#input.replaceChildren(
          inputForm(phase.asked, (text) => {
            this.#walk.type(text);
          }),
        );
        this.#input.querySelector('input')?.focus({ preventScroll: true });
        return;
      case 'refused':
        this.#cannot(`It cannot be run step by step. ${phase.why}`);
        return;
      case 'fault': {
        const { what, why, mend } = phase.fault;
        this.#cannot(`${what} ${why} ${mend}`);
        return;
      }
      default:
        phase satisfies never;
    }
  }

  #showStands(): void {
    const { stands, before, strayed, steps } = this.#walk;
    if (!stands) return;
    // Nor is it there yet when it was stopped because it went on for long.
    if (this.#missed && (steps === 0 || stands.stopped === 'long')) {
      this.#goOn();
      return;
    }
    if (this.#missed && stands.stopped === 'over') {
      this.#missed();
      return;
    }
    this.#missed = undefined;
    while (this.#views.length < stands.lanes.length) this.#addLane();
    for (const view of this.#views.splice(stands.lanes.length)) view.element.remove();
    for (const view of this.#views) view.show(before, stands);
    this.#showShared(before, stands);
    this.#showPrinted();
    const step = steps === 0 ? '' : `Step ${steps}. `;
    const other = strayed
      ? ` In step ${strayed.step} the program took another way than before: ${strayed.what}. It asks for something that differs from run to run, such as an object’s id, random bytes or the order of a set of objects.`
      : '';
    this.#tell(step + toldStep(before, stands, this.#file) + other);
    void this.#marks.show(stands);
  }

  #addLane(): void {
    const view = new LaneView(
      this.#views.length,
      this.#file,
      (command) => {
        this.#go(command);
      },
      announce,
    );
    this.#views.push(view);
    this.#lanes.append(view.element);
  }

  #showShared(before: Stands | undefined, { shared, left }: Stands): void {
    const more = left > 0 ? [make('p', 'step-note', `${left} more threads are not shown.`)] : [];
    const none = make('p', 'step-note', 'The program’s module has no names of data yet.');
    const table = namesView(
      'Shared by all threads: the names of the module',
      shared,
      changedNames(before?.shared ?? [], shared),
    );
    this.#shared.replaceChildren(...more, shared.length === 0 ? none : table);
  }

  #showPrinted(): void {
    const text = this.#walk.output.map((piece) => piece.text).join('');
    this.#printed.textContent = text.slice(-PRINTED);
    this.#printed.hidden = text === '';
    this.#printed.scrollTop = this.#printed.scrollHeight;
  }
}
