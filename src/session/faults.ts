/** Every way in which Python can fail to be there, in words: what happened, why, and what the reader can do. */
import type { Fault } from '../protocol/fault.ts';

/** Carries a fault through code that throws; caught where the session turns it into a state. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(`${fault.what} ${fault.why}`);
    this.name = 'FaultError';
    this.fault = fault;
  }
}

export function faultOf(reason: unknown): Fault {
  if (reason instanceof FaultError) return reason.fault;
  return {
    kind: 'crashed',
    what: 'Python could not be started.',
    why: String(reason),
    mend: 'Try again; if it stays so, reload the page.',
  };
}

const currentBrowser = 'Use a current version of Chrome, Edge, Firefox or Safari.';

export const noWebAssembly: Fault = {
  kind: 'unsupported',
  what: 'Python cannot run in this browser.',
  why: 'WebAssembly is missing or turned off.',
  mend: `${currentBrowser} Some lockdown modes turn WebAssembly off.`,
};

export const noWorkers: Fault = {
  kind: 'unsupported',
  what: 'Python cannot run in this browser.',
  why: 'Web Workers are missing or turned off.',
  mend: currentBrowser,
};

export const noInflate: Fault = {
  kind: 'unsupported',
  what: 'Python cannot run in this browser.',
  why: 'It cannot inflate gzip streams (DecompressionStream).',
  mend: currentBrowser,
};

export const frameBlocked: Fault = {
  kind: 'unsupported',
  what: 'The sandbox for Python did not start.',
  why: 'The browser, an extension or the policy of this host blocked its frame.',
  mend: 'Allow frames and scripts for this site, or try another browser, then run the cell again.',
};

export const frameGone: Fault = {
  kind: 'crashed',
  what: 'Python is gone.',
  why: 'Its frame was taken out of the page, by an extension or by another script.',
  mend: 'Run a cell again: a new interpreter starts; names defined before are gone.',
};

export const frameDied: Fault = {
  kind: 'crashed',
  what: 'Python is gone.',
  why: 'The browser has ended the process in which it ran, as it does when memory runs out.',
  mend: 'Run a cell again: a new interpreter starts; names defined before are gone.',
};

export function downloadFailed(file: string, why: string): Fault {
  return {
    kind: 'crashed',
    what: 'Python could not be downloaded.',
    why: `${file}: ${why}.`,
    mend: 'Check the connection, then run the cell again.',
  };
}

export const stopped: Fault = {
  kind: 'interrupted',
  what: 'Stopped.',
  why: 'Stopping ends the interpreter, and every name defined before with it.',
  mend: 'Run the cells above again before this one.',
};

export const restarted: Fault = {
  kind: 'interrupted',
  what: 'Python was restarted.',
  why: 'A new interpreter knows no name defined before.',
  mend: 'Run the cells above again before this one.',
};

/** Runs that waited for their turn; the interpreter never saw them. */
export const cancelled: Fault = {
  kind: 'interrupted',
  what: 'Not run.',
  why: 'Python was stopped or restarted before it was this cell’s turn.',
  mend: 'Run it again.',
};

export const closed: Fault = {
  kind: 'interrupted',
  what: 'Python was closed.',
  why: 'The page has ended its Python.',
  mend: 'Reload the page.',
};

export const flooded: Fault = {
  kind: 'crashed',
  what: 'The cell was ended.',
  why: 'It sent more than a page can hold.',
  mend: 'Print less, then run the cells above again: every name is gone.',
};

/** The program's own doing: the report of each thread is in its output. */
export const deadlock: Fault = {
  kind: 'deadlock',
  what: 'Deadlock.',
  why: 'Every thread waited for something that could never come; the output lists them. Every name is kept.',
  mend: 'Change the order in which locks are taken, or see that somebody wakes the one that waits.',
};

export const programDeadlock: Fault = {
  ...deadlock,
  why: 'Every thread waited for something that could never come; the output lists them.',
};

const runAgain = 'Run it again; the names that cells defined are kept.';

export const programEnded: Fault = {
  kind: 'interrupted',
  what: 'Ended.',
  why: 'The program was ended with its interpreter, as `kill -9` does.',
  mend: runAgain,
};

export const programFlooded: Fault = {
  kind: 'crashed',
  what: 'The program was ended.',
  why: 'It sent more than a page can hold.',
  mend: `Print less. ${runAgain}`,
};

export const searchStopped: Fault = {
  kind: 'interrupted',
  what: 'The search was stopped.',
  why: 'It was ended before its time was over.',
  mend: 'Search again.',
};

export const steppingEnded: Fault = {
  kind: 'interrupted',
  what: 'The program was ended.',
  why: 'It was run step by step, and that is over.',
  mend: 'Choose Step again.',
};

export const noScripts: Fault = {
  kind: 'unsupported',
  what: 'Programs do not run in this browser.',
  why: 'It cannot suspend WebAssembly (JavaScript Promise Integration), which threads need.',
  mend: 'Read its recorded output, or use a current version of Chrome, Edge or Firefox.',
};
