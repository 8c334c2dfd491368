/** One message above the tabs, in words, with what can be done about it, until the next. */
import { makeButton } from '../make.ts';

/** Without words the place is empty again. `act` is offered under the name `offer`. */
export function tell(place: HTMLElement, words = '', offer = '', act?: () => void): void {
  if (!act) {
    place.replaceChildren(words);
    return;
  }
  const button = makeButton(offer, () => {
    tell(place);
    act();
  });
  button.className = 'link-button';
  place.replaceChildren(words, ' ', button);
}
