/** Whose turn it is: one cell of the page runs at a time, the others wait in order and can be cancelled. */
import type { LiveCell } from './cell.ts';

interface Waiting {
  readonly cell: LiveCell;
  /** False when its turn will not come. */
  readonly settle: (granted: boolean) => void;
}

let active: LiveCell | undefined;
let latest: LiveCell | undefined;
let waiting: readonly Waiting[] = [];

export const isActive = (cell: LiveCell): boolean => active === cell;

/** The cell that ran last; undefined before the first, and while one runs. */
export const lastRun = (): LiveCell | undefined => (active ? undefined : latest);

/** Resolves to true when it is the turn of `cell`, which must then call `release`; to false when it was cancelled. */
export function takeTurn(cell: LiveCell): Promise<boolean> {
  if (active === undefined) {
    active = cell;
    return Promise.resolve(true);
  }
  const { promise, resolve } = Promise.withResolvers<boolean>();
  waiting = [...waiting, { cell, settle: resolve }];
  return promise;
}

const idle = new Set<() => void>();

/** Calls `listener` whenever a turn has ended and nobody waits for the next. */
export function whenIdle(listener: () => void): void {
  idle.add(listener);
}

export function release(): void {
  const [next, ...rest] = waiting;
  latest = active;
  active = next?.cell;
  waiting = rest;
  if (next) next.settle(true);
  else for (const listener of idle) listener();
}

/** Cancels those that wait and that `which` names; the active one goes on. */
export function cancelWaiting(which: (cell: LiveCell) => boolean = () => true): void {
  const cancelled = waiting.filter(({ cell }) => which(cell));
  waiting = waiting.filter(({ cell }) => !which(cell));
  for (const { settle } of cancelled) settle(false);
}
