/** The files that a run in the playground has written, below its output: their sizes, their text, and ways to keep them. */
import type { Written } from '../../protocol/written.ts';
import type { LiveCell } from '../live/cell.ts';
import { loadOnce } from '../load-once.ts';
import { make, makeButton } from '../make.ts';
import { saveFile } from '../save-file.ts';
import { say } from '../say.ts';
import { baseName, binaryType, plainType } from './file-panel.ts';
import type { Folder } from './folder.ts';
import { fileOf, largestFile, textOf } from './workspace.ts';
import './styles.ts';

type WrittenFile = Written['files'][number];

const loadZip = loadOnce(() => import('./save-zip.ts'));

/** Characters of a file that are shown. */
const mostShown = 20_000;

function toldSize(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
}

function shownText(path: string, text: string): HTMLElement {
  const pre = make('pre', 'written-text', text.slice(0, mostShown));
  pre.tabIndex = 0;
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', `Text of ${path}`);
  const summary = make('summary', '', 'Show');
  summary.ariaLabel = `Show ${path}`;
  const details = make('details', '', summary, pre);
  if (text.length > mostShown) {
    const words = `The first ${mostShown.toLocaleString('en')} of ${text.length.toLocaleString('en')} characters.`;
    details.append(make('p', '', words));
  }
  return details;
}

function rowOf({ path, size, content }: WrittenFile, folder: Folder): HTMLElement {
  const row = make('li', '', make('code', '', path), make('span', 'written-size', toldSize(size)));
  if (!content) {
    row.append(make('span', 'written-size', 'too large to be handed over'));
    return row;
  }
  const bytes = new Uint8Array(content);
  const text = textOf(bytes);
  const isText = text !== undefined && !text.includes('\0');
  const download = makeButton('Download', () => {
    saveFile(baseName(path), bytes, isText ? plainType : binaryType);
  });
  download.ariaLabel = `Download ${path}`;
  row.append(download);
  if (size <= largestFile) {
    const take = makeButton('Put in a tab', () => {
      folder.take(fileOf(path, bytes));
    });
    take.ariaLabel = `Put in a tab: ${path}`;
    row.append(take);
  }
  if (isText && text !== '') row.append(shownText(path, text));
  else if (text !== '') row.append(make('span', 'written-size', 'bytes that are no text'));
  return row;
}

function saveAll(target: LiveCell, files: readonly WrittenFile[]): void {
  const whole = files.flatMap(({ path, content }) => (content ? [fileOf(path, new Uint8Array(content))] : []));
  loadZip().then(
    ({ saveZip }) => {
      saveZip('files.zip', whole);
    },
    () => {
      say(target.element, 'Cannot pack the files. Check the connection and choose it again.', true);
    },
  );
}

export function showWritten(target: LiveCell, { files, left }: Written, folder: Folder): void {
  const bar = make('div', 'written-bar', make('span', '', 'Files that the run wrote'));
  if (files.length > 1)
    bar.append(
      makeButton('Download all', () => {
        saveAll(target, files);
      }),
    );
  const section = make('section', 'cell-written', bar, make('ul', '', ...files.map((file) => rowOf(file, folder))));
  section.setAttribute('aria-label', `Files that the run wrote: ${target.name}`);
  if (left > 0) section.append(make('p', '', `${left.toLocaleString('en')} more files are not shown.`));
  if (target.cell.options.mode === 'script')
    section.append(make('p', '', 'The next run of the program begins with the files in the tabs again.'));
  target.element.querySelector('.cell-foot')?.before(section);
}
