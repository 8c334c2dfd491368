/** What stands in place of the program's code while another tab is chosen: a file's name, its text, and what can be done. */
import type { EditorView } from '@codemirror/view';
import { loadOnce } from '../load-once.ts';
import { make, makeButton } from '../make.ts';
import { saveFile } from '../save-file.ts';
import { bytesOf, type WorkFile } from './workspace.ts';

const loadEditor = loadOnce(() => import('./file-editor.ts'));

export const plainType = 'text/plain;charset=utf-8';
export const binaryType = 'application/octet-stream';

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

interface Told {
  renamed(name: string): void;
  changed(text: string): void;
  remove(): void;
}

export class FilePanel {
  readonly element = make('div', 'playground-file');
  readonly #name = make('input', '');
  readonly #place = make('div', 'playground-text');
  readonly #told: Told;
  #file: WorkFile | undefined;
  #editor: EditorView | undefined;

  constructor(told: Told) {
    this.#told = told;
    this.#name.autocomplete = 'off';
    this.#name.autocapitalize = 'off';
    this.#name.spellcheck = false;
    this.#name.addEventListener('change', () => {
      told.renamed(this.#name.value.trim());
    });
    const download = makeButton('Download', () => {
      const file = this.#file;
      if (file) saveFile(baseName(file.name), bytesOf(file), file.base64 ? binaryType : plainType);
    });
    const remove = makeButton('Remove', () => {
      told.remove();
    });
    const bar = make('div', 'playground-file-bar', make('label', '', 'Name ', this.#name), download, remove);
    this.element.append(bar, this.#place);
  }

  /** Puts the cursor into the name, so that typing replaces it. */
  askName(): void {
    this.#name.focus();
    this.#name.select();
  }

  /** Undefined for the program. What is shown already stays, with its cursor and what can be undone. */
  show(file: WorkFile | undefined): void {
    const before = this.#file;
    this.#file = file;
    this.#name.value = file?.name ?? '';
    if (file && file.name === before?.name && file.text === this.#editor?.state.sliceDoc()) return;
    this.#editor?.destroy();
    this.#editor = undefined;
    this.#place.replaceChildren();
    if (!file) return;
    if (file.base64) {
      this.#place.append(make('p', '', `Bytes that are no text: ${bytesOf(file).length.toLocaleString('en')}.`));
      return;
    }
    loadEditor().then(
      ({ editFile }) => {
        if (this.#file !== file || this.#editor) return;
        this.#editor = editFile(this.#place, file, (text) => {
          this.#told.changed(text);
        });
      },
      () => {
        if (this.#file === file)
          this.#place.append(make('p', '', 'Cannot load the editor. Check the connection and choose the file again.'));
      },
    );
  }

  /** The file that is shown has another text now, as it was typed. */
  typed(file: WorkFile): void {
    this.#file = file;
  }
}
