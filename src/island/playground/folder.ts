/**
 * The files beside the programs of the playground, in tabs: what is kept of them, and what runs find of them.
 *
 * Invariant: what the tabs hold is what the next run finds in its folder; a change that cannot be kept is said.
 */
import { readerFolder } from '../../protocol/file-name.ts';
import type { MountedFile } from '../../protocol/to-sandbox.ts';
import { LiveCell } from '../live/cell.ts';
import { session } from '../live/python.ts';
import { announce } from '../say.ts';
import { freeName, whyNotNamed } from './file-names.ts';
import { FilePanel } from './file-panel.ts';
import { loadWorkspace, saveWorkspace, workspaceKey } from './keep.ts';
import { tell } from './message.ts';
import { chooseFiles } from './read-files.ts';
import './styles.ts';
import { followTabs, showTabs } from './tabs.ts';
import { bytesOf, emptyWorkspace, isSame, mostFiles, programName, type WorkFile, type Workspace } from './workspace.ts';

const unreadable =
  'The files that were kept here cannot be read. They were set aside, and nothing of them was deleted.';
const refused =
  'These files are not kept: the browser gives no room for them. Download them before you leave the page.';

const mounted = new WeakMap<WorkFile, MountedFile>();

/** The same for the same file: an interpreter that has it keeps what a run wrote over it. */
function mount(file: WorkFile): MountedFile {
  const known = mounted.get(file) ?? { path: `${readerFolder}/${file.name}`, content: bytesOf(file) };
  mounted.set(file, known);
  return known;
}

export class Folder {
  readonly #program: LiveCell;
  readonly #source: HTMLElement;
  readonly #list: HTMLElement;
  readonly #message: HTMLElement;
  readonly #panel: FilePanel;
  #workspace: Workspace = emptyWorkspace;
  /** Index of the tab: 0 is the program. */
  #selected = 0;
  #own: WorkFile | undefined;

  constructor(element: HTMLElement) {
    const part = (selector: string): HTMLElement => {
      const found = element.querySelector<HTMLElement>(selector);
      if (!found) throw new Error(`The playground has no ${selector}.`);
      return found;
    };
    this.#program = LiveCell.of(part('py-cell'));
    this.#source = part('.cell-source');
    this.#list = part('[role=tablist]');
    this.#message = part('.playground-message');
    this.#panel = new FilePanel({
      renamed: (name) => {
        this.#rename(name);
      },
      changed: (text) => {
        const { name } = this.#file ?? {};
        if (name === undefined) return;
        const file = { name, text };
        this.#panel.typed(file);
        this.#set(this.files.with(this.#selected - 1, file));
      },
      remove: () => {
        this.#remove();
      },
    });
    this.#source.after(this.#panel.element);
    followTabs(this.#list, (index) => {
      this.select(index);
    });
    // What a traceback leads to must be in sight.
    this.#program.element.addEventListener('click', ({ target }) => {
      if ((target as Element).closest('a.out-place')) this.select(0);
    });
    this.#program.element.addEventListener('source', () => {
      this.#mount();
    });
    window.addEventListener('storage', ({ key }) => {
      if (key === workspaceKey()) this.#read();
    });
    this.#read();
  }

  get files(): readonly WorkFile[] {
    return this.#workspace.files;
  }

  /** Adds a file, with the cursor in its name. */
  add(): void {
    if (this.#append([{ name: freeName(this.#names), text: '' }])) this.#panel.askName();
  }

  open(): void {
    chooseFiles(
      () => this.#names,
      (files, left) => {
        this.#append(files);
        if (left.length > 0) tell(this.#message, `Not opened: ${left.join(' ')}`);
      },
    );
  }

  /** Puts `files` in the place of all that are there. */
  replace(files: readonly WorkFile[]): void {
    this.#set(files);
    this.select(0);
  }

  /** Puts a file in a tab, in the place of one of its name; the reader can take that back. */
  take(file: WorkFile): void {
    const at = this.files.findIndex(({ name }) => name === file.name);
    const before = this.files[at];
    if (before) {
      this.#set(this.files.with(at, file));
      this.select(at + 1);
      tell(this.#message, `${file.name} is now as the run left it.`, 'Undo', () => {
        this.#set(this.files.map((each) => (each === file ? before : each)));
        this.select(this.#selected);
      });
      return;
    }
    const why = whyNotNamed(file.name, this.#names);
    if (why === undefined) this.#append([file]);
    else tell(this.#message, why);
  }

  select(index: number): void {
    this.#selected = index;
    this.#panel.show(this.#file);
    showTabs(this.#list, this.#names, index, { program: this.#source, file: this.#panel.element });
  }

  /** The file whose tab is selected. */
  get #file(): WorkFile | undefined {
    return this.files[this.#selected - 1];
  }

  get #programName(): string {
    return this.#program.cell.options.name ?? programName;
  }

  /** Of the tabs. */
  get #names(): readonly string[] {
    return [this.#programName, ...this.files.map(({ name }) => name)];
  }

  /** Shows what is kept, also when another tab of the browser has changed it. */
  #read(): void {
    const kept = loadWorkspace();
    if (kept === 'unreadable') tell(this.#message, unreadable);
    const { files } = kept === 'unreadable' ? emptyWorkspace : kept;
    this.#workspace = { files: files.map((file) => this.files.find((known) => isSame(known, file)) ?? file) };
    this.#mount();
    this.select(Math.min(this.#selected, files.length));
  }

  #set(files: readonly WorkFile[]): void {
    this.#workspace = { files };
    if (!saveWorkspace(this.#workspace)) tell(this.#message, refused);
    this.#mount();
  }

  /** Gives the next run what it finds: the program itself as well, since what it imports may import it. */
  #mount(): void {
    const own = { name: this.#programName, text: this.#program.source };
    if (!this.#own || !isSame(this.#own, own)) this.#own = own;
    session.mount([...this.files, this.#own].map(mount));
  }

  #append(files: readonly WorkFile[]): boolean {
    if (files.length === 0) return false;
    if (this.files.length + files.length > mostFiles) {
      tell(this.#message, `There is room for ${mostFiles} files. Remove some first.`);
      return false;
    }
    tell(this.#message);
    this.#set([...this.files, ...files]);
    this.select(this.files.length);
    return true;
  }

  #rename(name: string): void {
    const file = this.#file;
    if (!file || file.name === name) return;
    const why = whyNotNamed(
      name,
      this.#names.filter((other) => other !== file.name),
    );
    tell(this.#message, why);
    if (why !== undefined) return;
    this.#set(this.files.with(this.#selected - 1, { ...file, name }));
    this.select(this.#selected);
    announce(`Renamed to ${name}`);
  }

  #remove(): void {
    const file = this.#file;
    if (!file) return;
    const at = this.#selected - 1;
    this.#set(this.files.toSpliced(at, 1));
    this.select(at);
    this.#list.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
    tell(this.#message, `${file.name} is removed.`, 'Undo', () => {
      const name = whyNotNamed(file.name, this.#names) === undefined ? file.name : freeName(this.#names);
      this.#append([{ ...file, name }]);
      this.#list.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
    });
  }
}
