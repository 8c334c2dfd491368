/**
 * Choose, and say why if one likes: each pick is marked. The reasons are told once it is solved or the reader asks for them;
 * until then one may try again.
 */
import { make } from '../make.ts';
import { dataOf, finishAttempt, openDetails, part, tell, textOf } from './parts.ts';
import { verdictOn } from './verdict-age.ts';

const older = 'Of the choice before: compare again.';

const inputsOf = (element: HTMLElement): readonly HTMLInputElement[] => [
  ...element.querySelectorAll<HTMLInputElement>('.choice input'),
];

const picksOf = (element: HTMLElement): readonly boolean[] => inputsOf(element).map(({ checked }) => checked);

/** Marks the picks, and with `all` the other choices as well. */
function mark(element: HTMLElement, picks: readonly boolean[], right: readonly boolean[], all: boolean): void {
  for (const [index, choice] of element.querySelectorAll<HTMLElement>('.choice').entries()) {
    choice.querySelector('.choice-word')?.remove();
    delete choice.dataset['state'];
    const picked = picks[index] === true;
    if (!picked && !all) continue;
    const is = right[index] === true;
    if (picked || is) choice.dataset['state'] = is ? 'passed' : 'failed';
    const word = `${picked ? 'Your pick: ' : ''}${is ? 'right' : 'not right'}`;
    part(choice, 'label').append(
      make('span', 'choice-word', picked ? word : word.replace(/^./u, (a) => a.toUpperCase())),
    );
  }
}

function disclose(element: HTMLElement): void {
  for (const choice of element.querySelectorAll<HTMLElement>('.choice')) openDetails(choice, '.choice-because');
  part(element, '[data-exercise-action="reveal"]').hidden = true;
}

const disclosed = (element: HTMLElement): boolean => element.querySelector('.choice-because[open]') !== null;

const count = (flags: readonly boolean[]): number => flags.filter(Boolean).length;

/** How near several picks are, without saying which others are right. */
function nearness(picks: readonly boolean[], right: readonly boolean[]): string {
  const hits = count(picks.filter((picked, index) => picked && right[index] === true));
  const missing = count(right) - hits;
  if (missing === 0) return 'Every right choice is among your picks, but not only those.';
  return missing === 1
    ? 'One right choice is not among your picks.'
    : `${missing} right choices are not among your picks.`;
}

const compareReason = (element: HTMLElement): string =>
  textOf(element).value.trim() === ''
    ? 'Below each choice stands why.'
    : 'Compare your reason with what stands below each choice.';

export function choose(element: HTMLElement): void {
  const { right } = dataOf(element, 'choose');
  const picks = picksOf(element);
  if (!picks.includes(true)) {
    tell(element, 'plain', 'Choose first.');
    inputsOf(element)[0]?.focus();
    return;
  }
  const solved = picks.every((picked, index) => picked === right[index]);
  if (solved) disclose(element);
  const shown = disclosed(element);
  mark(element, picks, right, shown);
  const many = inputsOf(element)[0]?.type === 'checkbox';
  if (solved) tell(element, 'passed', make('p', '', `Right. ${compareReason(element)}`));
  else {
    const words = [
      'Not right.',
      ...(many ? [nearness(picks, right)] : []),
      ...(shown ? [] : ['Try again, or show the answer.']),
    ];
    tell(element, 'failed', make('p', '', words.join(' ')));
  }
  verdictOn(element, picks.join(), () => picksOf(element).join(), older);
  finishAttempt(element, solved);
}

export function revealChoices(element: HTMLElement): void {
  const picks = picksOf(element);
  disclose(element);
  mark(element, picks, dataOf(element, 'choose').right, true);
  tell(element, 'plain', make('p', '', `Each choice is marked. ${compareReason(element)}`));
  if (picks.includes(true)) verdictOn(element, picks.join(), () => picksOf(element).join(), older);
}
