/** The chooser of samples of the course: a chapter, a sample, and a button that opens it. */
import { loadOnce } from '../load-once.ts';
import { make, makeButton } from '../make.ts';
import { offer } from './arrive.ts';
import type { Folder } from './folder.ts';
import { sharedSample, type SampleChapter } from './sample.ts';
import './styles.ts';

const root = document.documentElement.dataset['root'] ?? './';
/** The build wrote it with this page. */
const load = loadOnce(async () => {
  const answer = await fetch(new URL(`${root}samples.json`, document.baseURI));
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()) as readonly SampleChapter[];
});

function choice(words: string): { readonly label: HTMLElement; readonly select: HTMLSelectElement } {
  const select = make('select', '');
  return { select, label: make('label', '', `${words} `, select) };
}

/** Stands below `bar` until it is closed. Rejects where the samples cannot be loaded. */
export async function showExamples(bar: Element, folder: Folder): Promise<void> {
  const chapters = await load();
  const there = document.querySelector<HTMLElement>('.playground-examples');
  if (there) {
    there.querySelector('select')?.focus();
    return;
  }
  const chapter = choice('Chapter');
  const sample = choice('Sample');
  const fill = (): void => {
    const cells = chapters[chapter.select.selectedIndex]?.cells ?? [];
    sample.select.replaceChildren(...cells.map(({ words }) => new Option(words)));
  };
  chapter.select.append(...chapters.map(({ title }) => new Option(title)));
  chapter.select.addEventListener('change', fill);
  fill();
  const open = makeButton('Open', () => {
    const from = chapters[chapter.select.selectedIndex];
    const cell = from?.cells[sample.select.selectedIndex];
    if (from && cell) offer(sharedSample(from, cell), [], folder, 'sample');
  });
  const close = makeButton('Close', () => {
    panel.remove();
    bar.querySelector<HTMLElement>('[data-action="examples"]')?.focus();
  });
  for (const button of [open, close]) button.className = 'bar-button';
  const panel = make('div', 'playground-examples', chapter.label, sample.label, open, close);
  panel.role = 'group';
  panel.ariaLabel = 'Samples of the course';
  bar.after(panel);
  chapter.select.focus();
}
