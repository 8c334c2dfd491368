/** A cell's code on its way out: as a link, as a file where it is too long for one, into the playground. */
import { make } from '../make.ts';
import { announce, say } from '../say.ts';
import type { LiveCell } from '../live/cell.ts';
import { fragmentOf, longestFragment, nameFault, type Shared } from './link.ts';
import { clearPanels, press, showPanel } from './panel.ts';

const tooLong = `This program is too long for a link, which has room for ${longestFragment.toLocaleString('en')} characters after compression.`;

/** Downloads `text`. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/x-python' }));
  const link = make('a', '');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it once this turn is over.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  });
}

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
        saveFile(fileNameFor(target), source);
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

/** Leaves this page for the playground, with the code of a cell. */
export async function openInPlayground(target: LiveCell): Promise<void> {
  const fragment = await fragmentOf(sharedOf(target));
  if (fragment === undefined) {
    say(target.element, 'Too long to open in the playground: copy the code there', true);
    return;
  }
  const root = document.documentElement.dataset['root'] ?? './';
  location.assign(new URL(`${root}playground/${fragment}`, document.baseURI));
}
