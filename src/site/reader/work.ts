/**
 * Your progress and edits: what is kept, out to a file, in from a file, or erased. All of it happens in this browser.
 *
 * Invariant: whatever fails, a sentence says so and what was kept before is still there.
 */
import { readArchive, writeArchive } from '../../island/kept/archive.ts';
import { eraseEntries, readEntries, type Entry } from '../../island/kept/entries.ts';
import { planImport, write, type Plan } from '../../island/kept/merge.ts';
import { showProgress } from '../../island/kept/show.ts';
import { saveFile } from '../../island/save-file.ts';
import { button, make, openDialog } from './dialog.ts';

const course = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="og:site_name"]')?.content ?? document.title;

const forbidden = 'This browser does not let the page keep anything: what you do lasts as long as the page.';
const noRoom = 'The browser has no room for it. Nothing was changed.';

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function summary(entries: readonly Entry[]): string {
  const of = (kind: Entry['kind']): Entry[] => entries.filter((entry) => entry.readable && entry.kind === kind);
  const solved = of('progress').filter(({ text }) => text.includes('"solved"')).length;
  const unreadable = entries.filter(({ readable }) => !readable).length;
  const kept = [
    counted(of('progress').length, 'exercise tried', 'exercises tried'),
    `${solved} solved`,
    counted(of('edit').length, 'changed cell', 'changed cells'),
    counted(of('answer').length, 'answer in your words', 'answers in your words'),
    ...(of('place').length === 0 ? [] : [counted(of('place').length, 'place in a chapter', 'places in chapters')]),
  ];
  const rest =
    unreadable === 0
      ? ''
      : ` ${counted(unreadable, 'entry', 'entries')} cannot be read; left as found, and exported as found.`;
  return entries.length === 0 ? 'Nothing is kept yet.' : `Kept in this browser: ${kept.join(', ')}.${rest}`;
}

const download = (text: string): void => {
  const name = `${course().toLowerCase().replaceAll(/\W+/g, '-')}-${new Date().toISOString().slice(0, 10)}.json`;
  saveFile(name, text, 'application/json');
};

class Work {
  readonly #kept = make('p', '');
  readonly #said = make('p', 'reader-said');
  readonly #question = make('div', 'reader-question');
  readonly #file = make('input', '');
  readonly #buttons: readonly HTMLButtonElement[];
  #changed = false;

  constructor() {
    this.#said.setAttribute('role', 'status');
    this.#file.type = 'file';
    this.#file.accept = '.json,application/json';
    this.#file.hidden = true;
    this.#file.ariaLabel = 'File to import';
    this.#file.addEventListener('change', () => void this.#import());
    this.#buttons = [
      button('Export to a file', () => {
        this.#export();
      }),
      button('Import from a file', () => {
        this.#file.click();
      }),
      button('Erase', () => {
        this.#askToErase();
      }),
    ];
  }

  open(): void {
    const dialog = openDialog(
      'Your progress and edits',
      this.#kept,
      make('p', 'reader-bar', ...this.#buttons, this.#file),
      this.#question,
      this.#said,
      make(
        'p',
        'reader-note',
        'It is kept in this browser only, and sent nowhere. Clearing the data of this site erases it.',
      ),
    );
    this.#show();
    dialog?.addEventListener('close', () => {
      // Cells and answers of this page show what was kept when it was loaded.
      if (this.#changed && document.querySelector('py-cell, py-exercise')) location.reload();
    });
  }

  #show(): void {
    try {
      this.#kept.textContent = summary(readEntries());
    } catch {
      this.#kept.textContent = forbidden;
      for (const each of this.#buttons) each.disabled = true;
    }
    showProgress();
  }

  #say(text: string): void {
    this.#said.textContent = text;
  }

  #ask(words: string, ...buttons: readonly HTMLButtonElement[]): void {
    this.#say('');
    this.#question.replaceChildren(make('p', '', words), make('p', 'reader-bar', ...buttons));
    buttons[0]?.focus();
  }

  /** Focus goes back to the button that asked. */
  #answered(place: number): void {
    this.#question.replaceChildren();
    this.#buttons[place]?.focus();
  }

  #export(): void {
    this.#question.replaceChildren();
    const entries = readEntries();
    download(writeArchive(entries, course()));
    this.#say(`Exported ${counted(entries.length, 'entry', 'entries')}.`);
  }

  async #import(): Promise<void> {
    this.#question.replaceChildren();
    // What was said of the file before is not of this one.
    this.#say('');
    const [file] = this.#file.files ?? [];
    if (!file) return;
    let plan: Plan;
    try {
      const archive = readArchive(await file.text(), course());
      if (typeof archive === 'string') {
        this.#say(`${archive} Nothing was changed.`);
        return;
      }
      plan = planImport(archive);
    } catch {
      this.#say('This file could not be read. Nothing was changed.');
      return;
    } finally {
      // The same file may be chosen again.
      this.#file.value = '';
    }
    const { additions, replacements } = plan;
    if (replacements.size === 0) {
      this.#write(additions);
      return;
    }
    const answer = (writes: Plan['additions']) => (): void => {
      this.#answered(1);
      this.#write(writes);
    };
    this.#ask(
      `${counted(replacements.size, 'cell or answer of the file differs', 'cells or answers of the file differ')} from what you have here.`,
      button('Keep what is here', answer(additions)),
      button('Take what is in the file', answer(new Map([...additions, ...replacements]))),
    );
  }

  #write(writes: Plan['additions']): void {
    if (writes.size === 0) this.#say('Imported: all of it was here already.');
    else if (write(writes)) this.#done(`Imported ${counted(writes.size, 'entry', 'entries')}.`);
    else this.#say(noRoom);
    this.#show();
  }

  #askToErase(): void {
    this.#ask(
      'Erase all of it, in this browser, for good? Your settings stay.',
      button('Keep it', () => {
        this.#answered(2);
      }),
      button('Erase all', () => {
        this.#answered(2);
        eraseEntries();
        this.#done('Erased.');
        this.#show();
      }),
    );
  }

  #done(words: string): void {
    this.#changed = true;
    const reloads = document.querySelector('py-cell, py-exercise') !== null;
    this.#say(reloads ? `${words} The page is loaded anew when you close this.` : words);
  }
}

export function openWork(): void {
  new Work().open();
}
