/** A cell's code on its way out: as a link, as a file where it is too long for one, into the playground. */
import { make } from '../make.ts';
import { keepsNothing } from '../kept/keys.ts';
import { saveFile } from '../save-file.ts';
import { announce, say } from '../say.ts';
import type { LiveCell } from '../live/cell.ts';
import { fragmentOf, longestFragment, nameFault, type Shared } from './link.ts';
import { clearPanels, press, showPanel } from './panel.ts';

/** Media type of what is saved. */
export const pythonType = 'text/x-python';

const tooLong = `This program is too long for a link, which has room for ${longestFragment.toLocaleString('en')} characters after compression.`;

export function fileNameFor({ cell }: LiveCell): string {
  const name = cell.options.name ?? `${cell.id}.py`;
  return nameFault(name) === undefined ? name : 'main.py';
}

/** `target` with all that it continues, so that it runs alone. */
function sharedOf(target: LiveCell): Shared {
  const text = target.sources
    .toReversed()
    .map((source) => source.replace(/\n*$/, '\n'))
    .join('\n\n');
  return { mode: target.cell.options.mode, files: [{ name: fileNameFor(target), text }] };
}

/** Shows below the code a link that holds it. */
export async function share(target: LiveCell): Promise<void> {
  clearPanels(target.element);
  const { element, source } = target;
  const fragment = await fragmentOf({
    mode: target.cell.options.mode,
    files: [{ name: fileNameFor(target), text: source }],
  });
  if (fragment === undefined) {
    showPanel(element, tooLong, [
      press('Save as a file', () => {
        saveFile(fileNameFor(target), source, pythonType);
      }),
    ]);
    return;
  }
  const field = make('input', '');
  field.readOnly = true;
  field.value = new URL(fragment, location.href).href;
  field.setAttribute('aria-label', 'Link to this code');
  const copy = press('Copy link', () => {
    field.select();
    navigator.clipboard.writeText(field.value).then(
      () => {
        announce('Copied the link');
        copy.textContent = 'Copied';
      },
      () => {
        announce('Selected: press Ctrl+C to copy');
      },
    );
  });
  showPanel(element, 'This link holds the code as it is now.', [field, copy]);
  field.select();
  field.focus();
}

/** Leaves this page for the playground, with the code of a cell; the page of another site stays, and a tab opens. */
export async function openInPlayground(target: LiveCell): Promise<void> {
  const fragment = await fragmentOf(sharedOf(target));
  if (fragment === undefined) {
    say(target.element, 'Too long to open in the playground: copy the code there', true);
    return;
  }
  const root = document.documentElement.dataset['root'] ?? './';
  const address = new URL(`${root}playground/${fragment}`, document.baseURI);
  if (keepsNothing()) open(address, '_blank', 'noopener');
  else location.assign(address);
}
