/**
 * Code that comes with the page's address, with the files beside it.
 *
 * Invariant: it does not run, and it takes the place of a reader's own code and files only when the reader says so.
 */
import { makeButton } from '../make.ts';
import { edit } from '../into-code.ts';
import { LiveCell } from '../live/cell.ts';
import { saveFile } from '../save-file.ts';
import type { Conditions } from './conditions.ts';
import type { Folder } from './folder.ts';
import { hasProgram, readFragment, type Shared } from './link.ts';
import { clearPanels, showPanel } from './panel.ts';
import { fileNameFor, pythonType } from './share.ts';
import { isSame, programName, type Way, type WorkFile } from './workspace.ts';

/** What a cell and the files beside it are, as one thing that a link replaces. */
interface Work {
  readonly text: string;
  readonly files: readonly WorkFile[];
  readonly way: Way;
}

const isEmpty = ({ text, files }: Work): boolean => text === '' && files.length === 0;

function areSame(one: Work, other: Work): boolean {
  const { files } = other;
  return (
    one.text === other.text &&
    JSON.stringify(one.way) === JSON.stringify(other.way) &&
    one.files.length === files.length &&
    one.files.every((file, index) => files[index] && isSame(file, files[index]))
  );
}

/** The editor keeps what is put into it, and can undo it; the folder keeps its files. */
async function put(target: LiveCell, folder: Folder, { text, files, way }: Work): Promise<boolean> {
  const { element } = target;
  if (!target.editor && !(await edit(element, true, false))) return false;
  folder.replace(files, target, way);
  target.editor?.replace(text);
  return true;
}

/** Links of the first version name a cell without a file name by its id in the playground. */
function wayOf(name: string, { cell: { id } }: LiveCell, conditions: Conditions): Way {
  return { ...(name !== programName && name !== `${id}.py` && { name }), conditions };
}

/** What is told of code that comes from elsewhere, and of other code than the reader's own. */
const told = {
  link: [
    'This code came with the link.',
    'The link brings other code than you have here.',
    'The link brings other code and files than you have here.',
  ],
  sample: [
    'This is a sample of the course.',
    'The sample is other code than you have here.',
    'The sample is other code than you have here, and has no files.',
  ],
} as const;

/** Puts it into the cell of its mode, unless a reader's own work is there: then they are asked. */
export function offer(
  { files, mode, conditions = {} }: Shared,
  lost: readonly string[],
  folder: Folder,
  from: keyof typeof told,
): void {
  const [what, otherCode, otherFiles] = told[from];
  const element = document.getElementById(mode);
  const [file, ...others] = files;
  if (!element || !file) return;
  const target = LiveCell.of(element);
  // An editor has no newline at the end that its text does not show.
  const theirs: Work = { text: file.text.replace(/\n$/, ''), files: others, way: wayOf(file.name, target, conditions) };
  const mine: Work = { text: target.source, files: folder.files, way: folder.wayOf(target) };
  const beside = others.length > 0 ? ' The files beside it are in the tabs.' : '';
  const words = [`${what} It runs when you press Run.`, ...lost].join(' ') + beside;
  folder.select(0);
  element.scrollIntoView({ block: 'nearest' });
  if (isEmpty(mine) || areSame(mine, theirs)) {
    void put(target, folder, theirs).then((there) => {
      if (there) showPanel(element, words, []);
    });
    return;
  }
  const replace = async (): Promise<void> => {
    clearPanels(element);
    if (!(await put(target, folder, theirs))) return;
    const back = makeButton('Bring mine back', () => {
      clearPanels(element);
      void put(target, folder, mine);
    });
    showPanel(element, words, [back]);
  };
  const save = makeButton('Save mine as a file', () => {
    saveFile(fileNameFor(target), mine.text, pythonType);
  });
  showPanel(
    element,
    mine.files.length > 0 ? otherFiles : otherCode,
    [makeButton('Replace mine', () => void replace()), ...(mine.text === '' ? [] : [save])],
    'Keep mine',
  );
}

async function arrive(folder: Folder): Promise<void> {
  const { hash } = location;
  if (!hasProgram(hash)) return;
  const read = await readFragment(hash);
  // A page that is loaded again shows what the reader has made of it meanwhile.
  history.replaceState(history.state, '', location.pathname + location.search);
  if (read.state === 'read') offer(read.shared, read.lost, folder, 'link');
  else {
    const first = document.querySelector<HTMLElement>('[data-playground] py-cell');
    if (first) showPanel(first, `${read.why} What you had here is untouched.`, []);
  }
}

/** Takes what the address has now, and what it will have. */
export function awaitLinks(folder: Folder): void {
  addEventListener('hashchange', () => void arrive(folder));
  void arrive(folder);
}
