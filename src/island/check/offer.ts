/**
 * Offers in a cell's menu to check its code with ruff, and says what that costs; once accepted it is the reader's setting.
 *
 * Invariant: nothing of ruff is fetched before the reader has accepted, here or on an earlier visit.
 */
import { Compartment, type Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { keepsNothing } from '../kept/keeps-nothing.ts';
import type { LiveCell } from '../live/cell.ts';
import { closeMenus } from '../menu.ts';
import { say } from '../say.ts';

/** A test holds it against the file. */
const ruffSize = '3.9 MB';
const failure = 'Cannot load ruff. Check the connection.';
const setting = 'course-check-code';
const place = new Compartment();
const offers = new Set<Offer>();
/** Where the browser keeps nothing, for this page. */
let wanted = stored();

function stored(): boolean {
  try {
    return localStorage.getItem(setting) === 'ruff';
  } catch {
    return false;
  }
}

function keep(on: boolean): void {
  wanted = on;
  if (keepsNothing()) return;
  try {
    if (on) localStorage.setItem(setting, 'ruff');
    else localStorage.removeItem(setting);
  } catch {
    return; // Then for this page only.
  }
}

function button(onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.addEventListener('click', onClick);
  return element;
}

class Offer {
  readonly #view: EditorView;
  readonly #target: LiveCell;
  readonly #check = button(() => void this.#show());
  readonly #stop = button(() => {
    closeMenus(this.#target.element);
    keep(false);
    // Turning off loads nothing.
    for (const offer of offers) void offer.follow();
  });

  constructor(view: EditorView, target: LiveCell) {
    this.#view = view;
    this.#target = target;
    this.#stop.textContent = 'Stop checking code';
    target.element.querySelector('.cell-menu-items')?.append(this.#check, this.#stop);
  }

  /** Does as the setting says. */
  async follow(): Promise<void> {
    this.#check.textContent = wanted ? 'Show remarks' : `Check code (ruff, ${ruffSize}, MIT)`;
    this.#stop.hidden = !wanted;
    if (!wanted) {
      this.#view.dispatch({ effects: place.reconfigure([]) });
      return;
    }
    const { marks } = await import('./marks.ts');
    this.#view.dispatch({ effects: place.reconfigure(marks(this.#target)) });
  }

  async #show(): Promise<void> {
    const { element } = this.#target;
    closeMenus(element);
    if (!wanted) say(element, 'Loading ruff');
    try {
      const { showRemarks } = await import('./marks.ts');
      const { loadChecker } = await import('./checker.ts');
      await loadChecker();
      if (!wanted) {
        keep(true);
        await Promise.all([...offers].map((offer) => offer.follow()));
      }
      const count = await showRemarks(this.#view, this.#target);
      say(element, count === 0 ? 'Ruff has no remarks' : `${count} ${count === 1 ? 'remark' : 'remarks'} of ruff`);
    } catch {
      say(element, failure, true);
    }
  }
}

/** Where the marks go. */
export const checkable: Extension = place.of([]);

export function offerCheck(view: EditorView, target: LiveCell): void {
  const offer = new Offer(view, target);
  offers.add(offer);
  offer.follow().catch(() => {
    say(target.element, failure, true);
  });
}
