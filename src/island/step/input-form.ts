/** The field in which a reader types what a program that is run step by step reads. */
import type { Asked } from '../../session/contract.ts';
import { make, makeButton } from '../make.ts';

/** `type` is given a line with its end, or null for the end of input. */
export function inputForm({ prompt, secret }: Asked, type: (text: string | null) => void): HTMLFormElement {
  const field = make('input', '');
  field.type = secret ? 'password' : 'text';
  field.autocomplete = 'off';
  field.spellcheck = false;
  const enter = make('button', '', 'Enter');
  const end = makeButton('End of input', () => {
    type(null);
  });
  const form = make('form', 'step-input', make('label', '', `${prompt.trim() || 'Input'} `, field), enter, end);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    type(`${field.value}\n`);
  });
  return form;
}
