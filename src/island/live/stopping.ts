/**
 * A press on Stop as the reader sees it: "Stopping…" at once; when the run does not end, the offer to end it with its
 * interpreter; and the second press, which takes the offer.
 *
 * Invariant: nothing is lost by a press before the offer stands there, and the offer says what will be lost.
 */
import type { StopResult } from '../../session/contract.ts';
import { make } from '../make.ts';
import { announce } from '../say.ts';
import type { LiveCell } from './cell.ts';
import { session } from './python.ts';
import { StateLine } from './state-line.ts';

const notStopped: Readonly<Record<Exclude<StopResult, 'over'>, string>> = {
  'goes-on': 'It has not stopped yet.',
  silent: 'Python does not answer.',
};

const price = (target: LiveCell): string =>
  target.cell.options.mode === 'notebook' && target.element.dataset['use'] !== 'starter'
    ? 'the names are lost'
    : 'the names of the cells are kept';

/** The run of which a stop is under way; only one cell runs at a time. */
let asked: Promise<boolean> | undefined;
let offered = false;

function showOffer(pressed: LiveCell, active: LiveCell, why: string): () => void {
  const words = `${why} Press again to force; ${price(active)}.`;
  const offer = make('p', 'cell-strip', words);
  pressed.element.querySelector('.cell-header')?.append(offer);
  announce(words);
  return () => {
    offer.remove();
  };
}

/** Stop was pressed in `pressed`; `active` is the cell that runs, the same or one that it waits for. */
export async function pressStop(pressed: LiveCell, active: LiveCell): Promise<void> {
  const { running } = active;
  const button = pressed.button('stop');
  if (running !== undefined && asked === running) {
    if (offered) void session.stop();
    return;
  }
  asked = running;
  offered = false;
  for (const { element } of [pressed, active]) StateLine.stopping(element);
  announce('Stopping…');
  if (button) button.ariaDisabled = 'true';
  const result = await session.stop();
  if (button) button.ariaDisabled = null;
  if (result === 'over' || asked !== running) return;
  const removeOffer = showOffer(pressed, active, notStopped[result]);
  offered = true;
  await running;
  removeOffer();
}
