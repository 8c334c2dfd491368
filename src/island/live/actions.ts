/** What the buttons of a cell do once the live code is there. */
import type { Copied } from '../copy.ts';
import { announce, say } from '../say.ts';
import { edit } from '../into-code.ts';
import { loadOnce } from '../load-once.ts';
import { LiveCell, type SourceEditor } from './cell.ts';
import { tellLoss } from './loss.ts';
import { clearNotice } from './notice.ts';
import { pressRun } from './press-run.ts';
import { session } from './python.ts';
import { replay, stopReplay } from './replay.ts';
import { clearFound, runInOrder, stop } from './run.ts';
import { addFindEntries, find } from './find.ts';
import './running-styles.ts';
import { addEntry, inPlayground } from './entries.ts';
import { keepsNothing } from '../kept/keeps-nothing.ts';
import { step } from './step.ts';
import { runWithTimeline } from './timeline.ts';
import { cancelWaiting } from './turns.ts';
import '../tab-stops.ts';
import { clearWritten } from './written.ts';

const loadShare = loadOnce(() => import('../playground/share.ts'));

addEntry('timeline', 'Timeline');
addEntry('step', 'Step');
addFindEntries();
/** The playground's files are still to come; a run needs them. */
let filesToCome = inPlayground();
const loadExamples = loadOnce(() => import('../playground/examples.ts'));
const loadFiles = loadOnce(() => import('../playground/open.ts'));
if (filesToCome) {
  addEntry('share', 'Share');
  loadFiles().then(() => {
    filesToCome = false;
  }, Boolean);
} else addEntry('playground', 'Open in playground');
session.subscribe(tellLoss);
// When it cannot be loaded, the page around the frame goes on showing the program's text.
if (keepsNothing())
  import('../embed/frame.ts').then(({ awaitProgram }) => {
    awaitProgram();
  }, Boolean);

/** A reader goes `towards` a button that runs something, or a menu. Starts to load Python for the first. */
export function warm(towards?: Element): void {
  if (towards?.matches('summary')) return;
  // A failure is retried by the press of a button, not by a pointer that passes.
  if (session.state.phase === 'idle') session.warm();
}

/** What is done to an edit is done in its editor, so that it can be undone. Undefined when that cannot be loaded. */
async function editorOf(target: LiveCell): Promise<SourceEditor | undefined> {
  if (!target.editor && !(await edit(target.element, true, false))) return undefined;
  return target.editor;
}

async function compare(target: LiveCell): Promise<void> {
  const editor = await editorOf(target);
  editor?.compare().catch(() => {
    say(target.element, 'Cannot load the comparison. Check the connection.', true);
  });
}

async function reset(target: LiveCell): Promise<void> {
  if (target.edited) {
    const editor = await editorOf(target);
    if (!editor) return;
    editor.reset();
  }
  stopReplay(target);
  clearNotice(target.element);
  clearFound(target);
  clearWritten(target);
  target.showRecorded();
  delete target.element.dataset['state'];
  target.toggleButtons();
  announce(`${target.name}: recorded output`);
}

async function send(target: LiveCell, where: 'share' | 'openInPlayground'): Promise<void> {
  try {
    await (await loadShare())[where](target);
  } catch {
    say(target.element, 'Cannot make a link. Check the connection and choose it again.', true);
  }
}

async function examples(element: HTMLElement): Promise<void> {
  try {
    const [{ showExamples }, { folder }] = await Promise.all([loadExamples(), loadFiles()]);
    const bar = element.querySelector('[data-action="examples"]')?.parentElement;
    if (bar) await showExamples(bar, folder);
  } catch {
    say(element, 'Cannot load the samples. Check the connection and choose it again.', true);
  }
}

async function restart(element: HTMLElement): Promise<void> {
  cancelWaiting();
  await session.restart();
  say(element, 'Python was restarted; every name is gone');
}

function runAbove(target: LiveCell): void {
  const cells = LiveCell.all();
  const above = cells.slice(0, cells.indexOf(target));
  if (above.length === 0) say(target.element, 'No cell stands above this one');
  else void runInOrder(above);
}

/** What a press on Copy or Copy output takes along. */
export function copied(element: HTMLElement, action: string): Copied {
  const target = LiveCell.of(element);
  if (action === 'copy-output') return [target.text, 'Copied the output'];
  return [target.source, target.edited ? 'Copied your edit' : 'Copied'];
}

/** `action` is the button's `data-action`. */
export function act(element: HTMLElement, action: string): void {
  if (filesToCome) {
    loadFiles().then(
      () => {
        filesToCome = false;
        act(element, action);
      },
      () => {
        say(element, 'Cannot load the files beside it. Check the connection and choose it again.', true);
      },
    );
    return;
  }
  const target = LiveCell.of(element);
  switch (action) {
    case 'run':
      pressRun(target);
      return;
    case 'stop':
      stop(target);
      return;
    case 'reset':
      void reset(target);
      return;
    case 'compare':
      void compare(target);
      return;
    case 'replay':
      replay(target);
      return;
    case 'timeline':
      runWithTimeline(target);
      return;
    case 'find':
      void find(target);
      return;
    case 'step':
      void step(target);
      return;
    case 'share':
      void send(target, 'share');
      return;
    case 'playground':
      void send(target, 'openInPlayground');
      return;
    case 'run-above':
      runAbove(target);
      return;
    case 'run-all':
      void runInOrder(LiveCell.all());
      return;
    case 'add-file':
    case 'open-files':
      void loadFiles().then(({ folder }) => {
        if (action === 'add-file') folder.add();
        else folder.open();
      });
      return;
    case 'examples':
      void examples(element);
      return;
    case 'restart':
      void restart(element);
      return;
    default:
      throw new Error(`A cell has no action “${action}”.`);
  }
}
