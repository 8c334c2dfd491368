/** What the buttons of an exercise do once the live code is there. */
import { warm } from '../live/actions.ts';
import { choose, revealChoices } from './choose.ts';
import { move, check as checkOrder } from './order.ts';
import { startDrag } from './drag.ts';
import { keepAnswer } from './parts.ts';
import { predict, reveal } from './predict.ts';
import { showComparison } from './solution.ts';
import { addStyles } from './styles.ts';
import { showAge } from './verdict-age.ts';
import { check } from './write.ts';

addStyles();

/** A reader comes near: Python is started for code that is about to be checked, words are kept, lines are dragged. */
export function prepare(element: HTMLElement, event: Event): void {
  const target = event.target as Element;
  if (target.closest('[data-exercise-action="check"]')) warm();
  if (event.type === 'input' && target instanceof HTMLTextAreaElement) keepAnswer(element);
  if (event.type === 'input') showAge(element);
  if (event instanceof PointerEvent && event.type === 'pointerdown') startDrag(event);
}

/** A part of it was opened or closed. */
export function opened(element: HTMLElement, details: Element): void {
  if (details.matches('.exercise-solution[open]') && element.dataset['kind'] === 'write')
    showComparison(element, details);
}

export function act(element: HTMLElement, button: HTMLElement): void {
  const action = button.dataset['exerciseAction'];
  switch (action) {
    case 'check':
      void check(element);
      return;
    case 'predict':
      predict(element);
      return;
    case 'reveal':
      if (element.dataset['kind'] === 'choose') revealChoices(element);
      else reveal(element);
      return;
    case 'up':
    case 'down':
      move(button, action === 'up' ? -1 : 1);
      return;
    case 'order':
      checkOrder(element);
      return;
    case 'choose':
      choose(element);
      return;
    default:
      throw new Error(`An exercise has no action “${action ?? ''}”.`);
  }
}
