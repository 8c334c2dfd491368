/**
 * The files beside the programs of the playground, in tabs, and how the programs run: what is kept of both, and what runs find.
 *
 * Invariant: what the tabs hold is what the next run finds in its folder; a change that cannot be kept is said.
 */
import { LiveCell } from '../live/cell.ts';
import { session } from '../live/python.ts';
import { announce } from '../say.ts';
import { freeName, whyNotNamed } from './file-names.ts';
import { FilePanel } from './file-panel.ts';
import { loadWorkspace, saveWorkspace, workspaceKey } from './keep.ts';
import { tell } from './message.ts';
import { mounted } from './mounted.ts';
import { chooseFiles } from './read-files.ts';
import './styles.ts';
import { followTabs, showTabs } from './tabs.ts';
import { showWay } from './way.ts';
import {
  emptyWorkspace,
  isSame,
  mostFiles,
  programName,
  usualWay,
  type Way,
  type WorkFile,
  type Workspace,
} from './workspace.ts';

const unreadable =
  'The files that were kept here cannot be read. They were set aside, and nothing of them was deleted.';
const refused =
  'These files are not kept: the browser gives no room for them. Download them before you leave the page.';

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
    if (this.#append([{ name: freeName(this.#taken), text: '' }])) this.#panel.askName();
  }

  open(): void {
    chooseFiles(
      () => this.#taken,
      (files, left) => {
        this.#append(files);
        if (left.length > 0) tell(this.#message, `Not opened: ${left.join(' ')}`);
      },
    );
  }

  /** Puts `files` in the place of all that are there, and has `target` run in that way. */
  replace(files: readonly WorkFile[], target: LiveCell, way: Way): void {
    this.#setWay(target, way);
    this.#set(files);
    this.select(0);
  }

  wayOf({ cell }: LiveCell): Way {
    return this.#workspace.ways[cell.options.mode];
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
    const why = whyNotNamed(file.name, this.#taken);
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

  /** Of the program itself. */
  get programName(): string {
    return this.#program.cell.options.name ?? programName;
  }

  /** What no other file can be called: the program goes back to its usual name, too. */
  get #taken(): readonly string[] {
    return [programName, ...this.#names];
  }

  /** Of the tabs. */
  get #names(): readonly string[] {
    return [this.programName, ...this.files.map(({ name }) => name)];
  }

  /** Shows what is kept, also when another tab of the browser has changed it. */
  #read(): void {
    const kept = loadWorkspace();
    if (kept === 'unreadable') tell(this.#message, unreadable);
    const { files, ways } = kept === 'unreadable' ? emptyWorkspace : kept;
    this.#workspace = { files: files.map((file) => this.files.find((known) => isSame(known, file)) ?? file), ways };
    for (const cell of LiveCell.all()) this.#showWay(cell);
    this.#mount();
    this.select(Math.min(this.#selected, files.length));
  }

  #set(files: readonly WorkFile[]): void {
    this.#change({ ...this.#workspace, files });
    this.#mount();
  }

  #change(workspace: Workspace): void {
    this.#workspace = workspace;
    if (!saveWorkspace(workspace)) tell(this.#message, refused);
  }

  #setWay(target: LiveCell, way: Way): void {
    const { mode } = target.cell.options;
    this.#change({ ...this.#workspace, ways: { ...this.#workspace.ways, [mode]: way } });
    this.#showWay(target);
    this.#mount();
  }

  #showWay(target: LiveCell): void {
    const way = this.wayOf(target);
    showWay(target, way, () => {
      this.#setWay(target, usualWay);
      this.select(this.#selected);
      tell(this.#message, 'It runs as usual again.', 'Undo', () => {
        this.#setWay(target, way);
        this.select(this.#selected);
      });
    });
  }

  /** Gives the next run what it finds: the program as well, for the cell, and for what it imports. */
  #mount(): void {
    const own = { name: this.programName, text: this.#program.source };
    if (!this.#own || !isSame(this.#own, own)) this.#own = own;
    session.mount([...this.files, ...(own.text === '' ? [] : [this.#own])].map(mounted));
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
      this.#taken.filter((other) => other !== file.name),
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
      const name = whyNotNamed(file.name, this.#taken) === undefined ? file.name : freeName(this.#taken);
      this.#append([{ ...file, name }]);
      this.#list.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
    });
  }
}
