/** Choose and justify: the reasons are told when the reader has chosen and said why. */
import { dataOf, finishAttempt, openDetails, tell, textOf } from './parts.ts';

export function choose(element: HTMLElement): void {
  const { right } = dataOf(element, 'choose');
  const inputs = [...element.querySelectorAll<HTMLInputElement>('.choice input')];
  const why = textOf(element);
  if (!inputs.some(({ checked }) => checked)) {
    tell(element, 'plain', 'Choose first.');
    inputs[0]?.focus();
    return;
  }
  if (why.value.trim() === '') {
    tell(element, 'plain', 'Say why in a sentence, then compare it with the reasons.');
    why.focus();
    return;
  }
  const solved = inputs.every(({ checked }, index) => checked === right[index]);
  for (const [index, choice] of element.querySelectorAll<HTMLElement>('.choice').entries()) {
    const chosen = inputs[index]?.checked === true;
    choice.dataset['state'] = chosen ? (right[index] === true ? 'passed' : 'failed') : 'plain';
    openDetails(choice, '.choice-because');
  }
  const rest = 'Compare your reason with what stands below each choice.';
  tell(element, solved ? 'passed' : 'failed', solved ? `Right. ${rest}` : `Not right. ${rest}`);
  finishAttempt(element, solved);
}
