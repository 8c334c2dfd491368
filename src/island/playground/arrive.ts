/**
 * Code that comes with the page's address.
 *
 * Invariant: it does not run, and it takes the place of a reader's own code only when the reader says so.
 */
import { edit } from '../into-code.ts';
import { LiveCell } from '../live/cell.ts';
import { saveFile } from '../save-file.ts';
import { hasProgram, readFragment, type Shared } from './link.ts';
import { clearPanels, press, showPanel } from './panel.ts';
import { fileNameFor, pythonType } from './share.ts';

/** The editor keeps what is put into it, and can undo it. */
async function put(target: LiveCell, text: string, words: string): Promise<void> {
  const { element } = target;
  if (!target.editor && !(await edit(element, true, false))) return;
  target.editor?.replace(text);
  showPanel(element, words, []);
}

function offer({ files, mode }: Shared, lost: readonly string[]): void {
  const element = document.getElementById(mode);
  const [file, ...others] = files;
  if (!element || !file) return;
  const target = LiveCell.of(element);
  const left = others.map(({ name }) => `This page runs one file, so ${name} was left out.`);
  const words = ['This code came with the link. It runs when you press Run.', ...lost, ...left].join(' ');
  const mine = target.source;
  // An editor has no newline at the end that its text does not show.
  const text = file.text.replace(/\n$/, '');
  element.scrollIntoView({ block: 'nearest' });
  if (mine === '' || mine === text) {
    void put(target, text, words);
    return;
  }
  showPanel(
    element,
    'The link brings other code than you have here.',
    [
      press('Replace mine', () => {
        clearPanels(element);
        void put(target, text, `${words} Undo brings yours back.`);
      }),
      press('Save mine as a file', () => {
        saveFile(fileNameFor(target), mine, pythonType);
      }),
    ],
    'Keep mine',
  );
}

async function arrive(): Promise<void> {
  const { hash } = location;
  if (!hasProgram(hash)) return;
  const read = await readFragment(hash);
  // A page that is loaded again shows what the reader has made of it meanwhile.
  history.replaceState(history.state, '', location.pathname + location.search);
  if (read.state === 'read') offer(read.shared, read.lost);
  else {
    const first = document.querySelector<HTMLElement>('[data-playground] py-cell');
    if (first) showPanel(first, `${read.why} What you had here is untouched.`, []);
  }
}

/** Takes what the address has now, and what it will have. */
export function awaitLinks(): void {
  addEventListener('hashchange', () => void arrive());
  void arrive();
}
