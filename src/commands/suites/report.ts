/** What a suite reports of its tests, whichever tool ran them, and how a test that failed is run once more. */

export interface Counts {
  readonly passed: number;
  readonly skipped: number;
}

/** The command that runs one test, file or module by itself. */
export interface Again {
  readonly command: string;
  readonly args: readonly string[];
  /** Of what the command reported: `code` is its exit code, `said` the end of what it printed. */
  readonly read: (code: number, said: string) => SuiteReport;
}

/** A test that failed. A file that could not run its tests, or a module of CPython's, is one, too. */
export interface Failing {
  readonly test: string;
  /** One for each failure: a module may have several. */
  readonly whys: readonly [string, ...string[]];
  /** What passed and was skipped inside of it; a second run of it counts in place of this. */
  readonly inside: Counts;
  /** Undefined where there is no such thing as running it alone: for lint, or a suite that did not come to its end. */
  readonly again: Again | undefined;
}

export interface SuiteReport extends Counts {
  /** All that failed; what is inside of it is in none of the counts. */
  readonly failing: readonly Failing[];
}
