/**
 * “Find a schedule that fails” in the menu of each cell that has more than one thing in progress: a search below its output.
 *
 * What searches and shows what was found is loaded with the first. It goes when its cell is run or reset.
 */
import { loadOnce } from '../load-once.ts';
import { make } from '../make.ts';
import { say } from '../say.ts';
import { LiveCell } from './cell.ts';

const loadView = loadOnce(() => import('../find/view.ts'));

const threads = /\b(?:threading|_thread|ThreadPool(?:Executor)?|to_thread|run_in_executor)\b/;
const processes = /\b(?:multiprocessing|subprocess|ProcessPoolExecutor|InterpreterPoolExecutor|fork)\b/;
const tasks = /\b(?:asyncio|await|trio|gevent|greenlet)\b/;

/** Why a program that has no threads cannot be explored; undefined where one has, and '' where nothing is concurrent. */
function obstacle(target: LiveCell): string | undefined {
  const source = target.sources.join('\n');
  if (threads.test(source)) return undefined;
  if (processes.test(source)) return 'it uses other processes, and a search runs the threads of one';
  if (tasks.test(source)) return 'its tasks run in one order, and a search changes that of threads';
  return '';
}

/** The reader may have written threads into a cell, so each menu looks when it is opened. */
function look(menu: Element): void {
  const cell = menu.closest<HTMLElement>('py-cell');
  const entry = menu.querySelector<HTMLElement>('[data-action="find"]');
  if (cell && entry) entry.hidden = obstacle(LiveCell.of(cell)) === '';
}

export function addFindEntries(): void {
  for (const after of document.querySelectorAll('py-cell [data-action="timeline"]')) {
    const entry = make('button', '', 'Find a schedule that fails');
    entry.type = 'button';
    entry.dataset['action'] = 'find';
    after.after(entry);
    const menu = after.closest('details');
    if (!menu) continue;
    entry.hidden = true;
    if (menu.open) look(menu);
    menu.addEventListener('toggle', () => {
      if (menu.open) look(menu);
    });
  }
}

const ends = new WeakMap<LiveCell, () => void>();

/** Ends the search of a cell, if one is under way. */
export function endSearch(target: LiveCell): void {
  ends.get(target)?.();
  ends.delete(target);
}

export async function find(target: LiveCell): Promise<void> {
  if (target.running) {
    say(target.element, 'No search: the cell runs');
    return;
  }
  const why = obstacle(target);
  if (why !== undefined) {
    say(target.element, `No search: ${why}`, true);
    return;
  }
  try {
    const { showSearch } = await loadView();
    endSearch(target);
    ends.set(target, showSearch(target));
  } catch {
    say(target.element, 'Cannot load the search. Check the connection and choose it again.', true);
  }
}
