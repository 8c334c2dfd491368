/** A cell's code on its way out: as a link, as a file where it is too long for one, into the playground. */
import { mark } from '../../schedules/mark.ts';
import { readName, writeName } from '../../schedules/schedule-name.ts';
import { loadOnce } from '../load-once.ts';
import { make, makeButton } from '../make.ts';
import { keepsNothing } from '../kept/keeps-nothing.ts';
import { saveFile } from '../save-file.ts';
import { announce, say } from '../say.ts';
import type { LiveCell } from '../live/cell.ts';
import { session } from '../live/python.ts';
import { conditionsOf } from './conditions.ts';
import { nameFault } from './file-names.ts';
import { fragmentOf, longestFragment, type Shared } from './link.ts';
import { clearPanels, showPanel } from './panel.ts';
import { joined } from './sample.ts';
import { programName, type WorkFile } from './workspace.ts';

type Modules = ReturnType<typeof session.modulesFor>;

/** Media type of what is saved. */
export const pythonType = 'text/x-python';

const loadZip = loadOnce(() => import('./save-zip.ts'));

const tooLong = `This program is too long for a link, which has room for ${longestFragment.toLocaleString('en')} characters after compression.`;

export function fileNameFor({ cell }: LiveCell): string {
  const name = cell.options.name ?? `${cell.id}.py`;
  return nameFault(name) === undefined ? name : programName;
}

/** In a link: a cell that has no file name of its own brings none. */
const nameFor = (target: LiveCell): string =>
  target.cell.options.name === undefined ? programName : fileNameFor(target);

/** What lies beside a program of the playground, and what of it can be imported; nothing beside a cell of a chapter. */
async function beside(): Promise<{ readonly files: readonly WorkFile[]; readonly modules: Modules }> {
  // Not by `inPlayground`: that would be one more file of every page's first press, whose names each page has.
  if (!document.querySelector('[data-folder]')) return { files: [], modules: {} };
  const { folder } = await import('./open.ts');
  return { files: folder.files, modules: session.modulesFor(folder.programName) };
}

/** The name of the same schedule for what is shared: it may have been found for several cells, or beside other files. */
function madeFor(name: string, text: string, modules: Modules): string {
  const schedule = readName(name);
  return schedule ? writeName({ ...schedule, mark: mark({ source: text, before: [], beside: modules }) }) : name;
}

/** `target` with all that it continues, so that it runs alone, and with the files beside it. */
async function sharedOf(target: LiveCell): Promise<Shared> {
  const { sources } = target;
  const text = sources.length > 1 ? joined(sources.toReversed()) : target.source;
  const { found } = target;
  const { files, modules } = await beside();
  const schedule = found === undefined ? undefined : madeFor(found, text, modules);
  const conditions = conditionsOf({ ...target.cell.options, ...(schedule !== undefined && { schedule }) });
  return {
    // A schedule is of a program: a cell of a notebook was searched as one.
    mode: schedule === undefined ? target.cell.options.mode : 'script',
    files: [{ name: nameFor(target), text }, ...files],
    ...(Object.keys(conditions).length > 0 && { conditions }),
  };
}

/** Shows below the code a link that holds it. */
export async function share(target: LiveCell): Promise<void> {
  clearPanels(target.element);
  const { element, source } = target;
  const shared = await sharedOf(target);
  const fragment = await fragmentOf(shared);
  if (fragment === undefined) {
    const one = makeButton('Save as a file', () => {
      saveFile(fileNameFor(target), source, pythonType);
    });
    const all = makeButton('Save as a zip', () => {
      loadZip().then(
        ({ saveZip }) => {
          saveZip('playground.zip', shared.files);
        },
        () => {
          say(element, 'Cannot pack the files. Check the connection and choose it again.', true);
        },
      );
    });
    showPanel(element, tooLong, [shared.files.length > 1 ? all : one]);
    return;
  }
  const field = make('input', '');
  field.readOnly = true;
  field.value = new URL(fragment, location.href).href;
  field.setAttribute('aria-label', 'Link to this code');
  const copy = makeButton('Copy link', () => {
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
  const files = shared.files.length > 1 ? 'the code and the files beside it as they are' : 'the code as it is';
  showPanel(element, `This link holds ${files} now.`, [field, copy]);
  field.select();
  field.focus();
}

/** Leaves this page for the playground, with the code of a cell; the page of another site stays, and a tab opens. */
export async function openInPlayground(target: LiveCell): Promise<void> {
  const fragment = await fragmentOf(await sharedOf(target));
  if (fragment === undefined) {
    say(target.element, 'Too long to open in the playground: copy the code there', true);
    return;
  }
  const root = document.documentElement.dataset['root'] ?? './';
  const address = new URL(`${root}playground/${fragment}`, document.baseURI);
  if (keepsNothing()) open(address, '_blank', 'noopener');
  else location.assign(address);
}
