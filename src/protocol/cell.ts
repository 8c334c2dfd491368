/** A cell as every room sees it: plain data that survives JSON and `postMessage` unchanged. */

/** How a cell is run: as a notebook cell in the chapter's namespace, or as a program of its own. */
export type CellMode = 'notebook' | 'script';

/** How a live or repeated run is compared with the recorded one (course map, section 2.3). */
export type CompareRule =
  | { readonly kind: 'exact' }
  | { readonly kind: 'error' }
  | { readonly kind: 'actors' }
  | { readonly kind: 'unordered' }
  | { readonly kind: 'relation' }
  /** Text exact; total duration within `low`..`high` times the recorded one. */
  | { readonly kind: 'band'; readonly low: number; readonly high: number }
  /** Standard output matches `pattern` (a JavaScript regular expression, flags `su`). */
  | { readonly kind: 'shape'; readonly pattern: string }
  | { readonly kind: 'recorded-only' };

/** Values relabelled on both sides before a comparison. `address` is always on. */
export type Mask = 'address' | 'id' | 'counter' | 'duration';

/** How good the network inside a cell's process is; what is left out is perfect. */
export interface NetworkConditions {
  /** Seconds that everything takes one way. */
  readonly latency?: number;
  /** Bytes per second in each direction of a connection. */
  readonly bandwidth?: number;
  /** Share of what is sent that is lost, from 0 to 1: a stream sends it again later, a datagram is gone. */
  readonly loss?: number;
  /** Share of what is sent over a connection that resets the connection instead, from 0 to 1. */
  readonly resets?: number;
  /** Fixes what is lost and reset; 0 when it is left out. */
  readonly seed?: number;
}

export interface CellOptions {
  readonly mode: CellMode;
  /** File name on the cell's tab, and the name in its tracebacks. */
  readonly name?: string;
  /** What the card is called when it has no file name. */
  readonly title?: string;
  /** Id of the cell whose state this one continues. */
  readonly after?: string;
  /** The cell is meant to end with an error. */
  readonly expectError: boolean;
  /** Reason why only native CPython can run it; absent for a live cell. */
  readonly native?: string;
  readonly compare: CompareRule;
  readonly masks: readonly Mask[];
  /** Sleeps and clocks run this many times as fast; 1 is real time. */
  readonly clock: number;
  /** Absent: the network is perfect. */
  readonly net?: NetworkConditions;
  /** A line that a process prints which the cell has started begins with that process's number. */
  readonly labels?: true;
  /** What its threads do is recorded in each run, and shown below the output. */
  readonly timeline?: true;
  /** The name of a schedule (src/schedules/schedule-name.ts): its threads take turns as that says, in each run. */
  readonly schedule?: string;
  /** Seconds of wall time after which a run is ended. */
  readonly timeout: number;
  readonly packages: readonly string[];
  /** Lines that are typed when the cell is recorded, then its input ends; readers type their own. */
  readonly stdin?: readonly string[];
  readonly lineNumbers: boolean;
}

export interface Cell {
  /** Unique within its chapter; also the element's id. */
  readonly id: string;
  readonly source: string;
  readonly options: CellOptions;
}

/** What the page hands to its island, as JSON inside the element. */
export interface CellData {
  readonly cell: Cell;
  /** The chapter's slug: names the namespace. */
  readonly chapter: string;
}
