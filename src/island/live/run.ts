/**
 * Runs one cell and shows it. Older output stays, dimmed, until the run itself has something to show or has ended.
 *
 * Invariant: whatever happens, the buttons come back and `running` settles; a run that began leaves no older output.
 */
import type { Fault } from '../../protocol/fault.ts';
import type { CellMode } from '../../protocol/cell.ts';
import type { OutputEvent } from '../../protocol/event.ts';
import { runOf } from '../../protocol/run.ts';
import type { RunEnd } from '../../session/contract.ts';
import { announce } from '../say.ts';
import type { LiveCell } from './cell.ts';
import { endSearch } from './find.ts';
import { endSteps } from './step.ts';
import { InputField } from './input-field.ts';
import { Milestones, tellStart } from './milestones.ts';
import { clearNotice, showNotice } from './notice.ts';
import { withLost } from './loss.ts';
import { generation, session } from './python.ts';
import { stopReplay } from './replay.ts';
import { RunTimeline } from './run-timeline.ts';
import { seconds, StateLine } from './state-line.ts';
import { showPorts } from './ports.ts';
import { pressStop } from './stopping.ts';
import { inPlayground } from './entries.ts';
import { clearWritten, tellWritten } from './written.ts';
import { cancelWaiting, isActive, release, takeTurn } from './turns.ts';

/** True when the run ended as the author of the cell expects. */
function wentWell(target: LiveCell, end: RunEnd): boolean {
  if (end.outcome === 'fault' || end.outcome === 'interrupted') return false;
  return end.outcome === 'ok' || target.cell.options.expectError;
}

/** How a run ended that came to an end, be it a deadlock. `error` is the exception that ended it. */
function outcomeWords(end: RunEnd, mode: CellMode, error = 'an error'): string {
  const after = `after ${seconds(end.duration ?? 0)}`;
  switch (end.outcome) {
    case 'ok':
      return `Ran here in ${seconds(end.duration)}`;
    case 'error':
      return `Ran here, ended with ${error} ${after}`;
    case 'exited':
      return `Ran here, exited ${after}`;
    case 'interrupted':
      return `Ran here, stopped ${after}`;
    case 'fault':
      // The output tells the rest of it: every thread, and what it waits for.
      return `Ran here, ended in a deadlock ${after}${mode === 'notebook' ? '; every name is kept' : ''}`;
    default:
      return end satisfies never;
  }
}

const notRun = (why: string, mend: string): Fault => ({ kind: 'interrupted', what: 'Not run.', why, mend });

/** It is the turn of `target`. */
async function execute(target: LiveCell, state: StateLine, timeline?: RunTimeline): Promise<boolean> {
  const started = (): void => {
    if (session.state.phase === 'ready' && !state.began) state.run('Running');
  };
  const unsubscribe = session.subscribe(started);
  started();
  const { source, sources } = target;
  const interpreter = generation();
  const request = {
    ...runOf(target.cell, source, target.chapter),
    ...(timeline && { timeline: true }),
    ...(inPlayground() && { files: true }),
  };
  // A run that does not start leaves what is shown; the first event replaces it.
  const view = target.newView();
  let shown = false;
  // Once: a task that was left behind may print after Reset has put the recorded output back.
  const show = (): void => {
    if (!shown) {
      target.show(view, source);
      clearWritten(target);
    }
    shown = true;
  };
  const push = (events: readonly OutputEvent[]): void => {
    if (!shown) target.provenance = 'Running here';
    show();
    timeline?.push(events);
    view.push(events);
    milestones.push(events);
  };
  const milestones = new Milestones(target.name);
  const field = new InputField(target);
  let told = false;
  const end = await session.run(
    request,
    push,
    async (asked, withdrawn) => {
      push([]);
      const answer = field.ask(asked, withdrawn);
      if (!field.waits) return answer;
      state.ask(true);
      if (!told) announce(`${target.name} waits for input`);
      told = true;
      withdrawn.addEventListener('abort', () => {
        state.ask(false);
      });
      const text = await answer;
      state.ask(false);
      return text;
    },
    (ports) => {
      void showPorts(target, view, ports);
    },
  );
  field.remove();
  unsubscribe();
  if (end.outcome === 'fault' && end.fault.kind !== 'deadlock') {
    // What the browser cannot run has not begun, whether or not Python was ready.
    if (state.began && end.fault.kind !== 'unsupported') show();
    if (target.view === view) {
      view.end();
      target.provenance = 'Ran here, not finished';
    }
    milestones.drop();
    fail(target, end.stateLost ? withLost(end.fault, interpreter) : end.fault, state);
    return false;
  }
  timeline?.end(end.timeline);
  const words = outcomeWords(end, target.cell.options.mode, milestones.error);
  const well = wentWell(target, end);
  show();
  view.end();
  void tellWritten(target, end.written);
  if (well) target.markRun(sources);
  target.provenance = words;
  milestones.end(words);
  state.end('done');
  return well;
}

function fail(target: LiveCell, fault: Fault, state: StateLine): void {
  showNotice(target.element, fault, fault.kind === 'unsupported' ? undefined : () => void run(target));
  announce(`${target.name}: ${fault.what} ${fault.why}`);
  state.end(fault.kind === 'interrupted' ? 'done' : 'failed');
}

async function runChain(target: LiveCell, timeline?: RunTimeline): Promise<boolean> {
  const { before } = target;
  const state = new StateLine(target.element);
  session.warm();
  tellStart();
  if (before && !before.hasRun) {
    state.wait(`Waiting for ${before.name}`);
    if (!(await run(before))) {
      fail(target, notRun(`It continues ${before.name}, which did not come to its end.`, 'Run that one first.'), state);
      return false;
    }
    state.wait('Waiting for its turn');
  }
  if (!(await takeTurn(target))) {
    fail(target, notRun('It was stopped before it was its turn.', 'Run it again.'), state);
    return false;
  }
  try {
    return await execute(target, state, timeline);
  } finally {
    release();
  }
}

/** A search and steps end when their cell runs or is reset, and what they show goes. */
export function clearFound(target: LiveCell): void {
  endSteps(target);
  endSearch(target);
  const found = target.element.querySelector('.cell-find');
  if (found?.contains(document.activeElement)) target.output.focus({ preventScroll: true });
  found?.remove();
}

/** Runs what `target` continues, as far as it has not run in this interpreter, then `target`, with its timeline if it is `asked` for. */
export async function run(target: LiveCell, asked = false): Promise<boolean> {
  if (target.running) return target.running;
  stopReplay(target);
  clearNotice(target.element);
  clearFound(target);
  target.editor?.rest();
  target.awaitsOutput = true;
  const timeline = asked || target.cell.options.timeline ? new RunTimeline(target) : undefined;
  target.running = runChain(target, timeline);
  target.toggleButtons();
  try {
    return await target.running;
  } finally {
    target.awaitsOutput = false;
    target.running = undefined;
    target.toggleButtons();
    void timeline?.show(asked);
  }
}

/** In order; ends at the first that does not go as its author expects. */
export async function runInOrder(cells: readonly LiveCell[]): Promise<void> {
  for (const cell of cells) {
    if (!(await run(cell))) {
      cell.element.scrollIntoView({ block: 'nearest' });
      return;
    }
  }
}

/** Stops `target` or what it waits for. */
export function stop(target: LiveCell): void {
  const chain = [target, ...target.ancestors];
  const active = chain.find(isActive);
  if (active) {
    cancelWaiting();
    void pressStop(target, active);
  } else cancelWaiting((cell) => chain.includes(cell));
}
