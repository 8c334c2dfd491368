/**
 * The cell of a page of another site, in its frame: takes the program from the page around it, and tells how high it is.
 *
 * Invariant: only that page is heard; it sets one program, once, and a theme. Nothing runs before the reader presses Run.
 */
import * as v from 'valibot';
import type { CellData } from '../../protocol/cell.ts';
import { toEmbedSchema, type EmbeddedProgram, type FromEmbed } from '../../protocol/embed.ts';
import { edit } from '../into-code.ts';
import { session } from '../live/python.ts';
import { watchHeight } from './height.ts';

/** Of any site: the height of a frame and that it waits are no secrets. */
const tell = (message: FromEmbed): void => {
  parent.postMessage(message, '*');
};

const chapter = 'embed';

function idOf(at: number, count: number): string {
  return at === count - 1 ? 'cell' : `before-${at + 1}`;
}

/** Makes the page's one empty cell the cell of `program`. */
function fill(element: HTMLElement, program: EmbeddedProgram, id: string, after: string | undefined): void {
  const { mode, name, title, clock = 1, timeline } = program;
  const source = program.source.replace(/\n*$/, '\n');
  const data: CellData = {
    cell: {
      id,
      source,
      options: {
        mode,
        ...(name !== undefined && { name }),
        ...(title !== undefined && { title }),
        ...(after !== undefined && { after }),
        expectError: false,
        compare: { kind: 'recorded-only' },
        masks: [],
        clock,
        ...(timeline === true && { timeline }),
        timeout: 60,
        packages: [],
        lineNumbers: false,
      },
    },
    chapter,
  };
  const words = name ?? title ?? (mode === 'script' ? 'Program' : 'Cell');
  element.id = id;
  Object.assign(element.dataset, { mode, cell: JSON.stringify(data) });
  const label = (selector: string, text: string): void => {
    element.querySelector(selector)?.setAttribute('aria-label', text);
  };
  label('figure', words);
  label('pre.code', `Code of ${words}`);
  label('.cell-output', `Output of ${words}`);
  const shown = element.querySelector('.cell-name');
  if (shown) shown.textContent = words;
  shown?.classList.toggle('is-file', name !== undefined);
  const code = element.querySelector('pre.code code');
  if (code) code.textContent = source.replace(/\n$/, '');
  const provenance = element.querySelector('.cell-provenance');
  if (provenance) provenance.textContent = clock === 1 ? '' : `Its clock runs ${clock} times as fast`;
}

/** The cells that `last` continues stand before it, closed; they run first. */
function putBefore(last: HTMLElement, programs: readonly EmbeddedProgram[]): void {
  const place = document.querySelector<HTMLDetailsElement>('.embed-before');
  const summary = place?.querySelector('summary');
  if (!place || !summary || programs.length === 0) return;
  const count = programs.length === 1 ? 'a cell that runs' : `${programs.length} cells that run`;
  summary.textContent = `Continues ${count} first`;
  for (const [at, program] of programs.entries()) {
    const cell = last.cloneNode(true) as HTMLElement;
    // What acts on a cell of a page alone has its listeners there, which a copy has not.
    cell.querySelector('.cell-menu')?.remove();
    fill(cell, program, idOf(at, programs.length + 1), at === 0 ? undefined : idOf(at - 1, programs.length + 1));
    place.append(cell);
  }
  place.hidden = false;
  const colour = (): void => {
    for (const cell of place.querySelectorAll('py-cell')) void edit(cell as HTMLElement, true, false);
  };
  place.addEventListener('toggle', colour, { once: true });
}

function show(main: HTMLElement, programs: readonly EmbeddedProgram[]): void {
  const cell = main.querySelector<HTMLElement>('py-cell');
  const program = programs.at(-1);
  if (!cell || !program) return;
  putBefore(cell, programs.slice(0, -1));
  fill(cell, program, 'cell', programs.length === 1 ? undefined : idOf(programs.length - 2, programs.length));
  if (program.mode === 'script') session.expectPrograms();
  document.documentElement.dataset['embed'] = 'open';
  watchHeight(main, (height) => {
    tell({ type: 'embed.height', height });
  });
  // Its colours and its keys. Where it does not come, a click into the code says so.
  requestIdleCallback(() => void edit(cell, true, false));
}

/** Keys of the course's own pages, such as those of search, end at the cell; Escape closes its menus. */
function keepKeys(main: HTMLElement): void {
  const end = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') event.stopPropagation();
  };
  main.addEventListener('keydown', end);
  window.addEventListener(
    'keydown',
    (event) => {
      if (!main.contains(event.target as Node)) end(event);
    },
    true,
  );
}

export function awaitProgram(): void {
  const main = document.querySelector('main');
  if (!main || parent === window) return;
  let opened = false;
  keepKeys(main);
  addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (source !== parent) return;
    const { success, output: message } = v.safeParse(toEmbedSchema, data);
    if (!success) return;
    document.documentElement.dataset['theme'] = message.theme;
    if (message.type !== 'embed.open' || opened) return;
    opened = true;
    show(main, message.programs);
  });
  tell({ type: 'embed.ready' });
}
