/** The form that searches once more: where threads may change places, for how long, and what counts as a failure. */
import { make } from '../make.ts';
import type { Choice } from './search.ts';

const granularities: readonly (readonly [Choice['granularity'], string])[] = [
  ['gil', 'where CPython with its lock may switch'],
  ['instruction', 'between any two instructions, as without the lock'],
];
const times: readonly (readonly [string, string])[] = [
  ['20', '20 seconds'],
  ['60', '1 minute'],
  ['300', '5 minutes'],
];

function choiceOf(words: string, options: readonly (readonly [string, string])[], chosen: string) {
  const select = make('select', '');
  for (const [value, text] of options) select.append(new Option(text, value, value === chosen, value === chosen));
  return { select, label: make('label', '', `${words} `, select) };
}

export function againForm(choice: Choice, onSearch: (choice: Choice) => void): HTMLElement {
  const places = choiceOf('Threads change places', granularities, choice.granularity);
  const time = choiceOf('Search for', times, String(choice.seconds));
  const output = make('input', '');
  output.type = 'checkbox';
  output.checked = choice.compare;
  const button = make('button', '', 'Search again');
  button.type = 'submit';
  const form = make(
    'form',
    'find-again',
    places.label,
    time.label,
    make('label', '', output, ' Other output than that of the plain run is a failure'),
    button,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onSearch({
      granularity: places.select.value === 'instruction' ? 'instruction' : 'gil',
      seconds: Number(time.select.value),
      compare: output.checked,
    });
  });
  return form;
}
