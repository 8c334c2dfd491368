/** The sample at the top of the home page: a cell of the course, recorded as it is there, and what to try with it. */

export interface LiveSample {
  readonly chapter: string;
  readonly cell: string;
  readonly title: string;
  /** Code stands between backticks. */
  readonly lead: string;
  readonly changes: readonly { readonly change: string; readonly then: string }[];
}

export const liveSample: LiveSample = {
  chapter: 'threads-and-processes',
  cell: 'forced-lost-update',
  title: 'Two threads, one counter',
  lead: 'Both threads read the counter before either of them writes it, so one increment is lost. These are threads of CPython, and they take turns in this page. Run them, then change them:',
  changes: [
    { change: 'Delete the line `both_have_read.wait()`.', then: 'No increment is lost.' },
    {
      change: 'Write `Barrier(3)` in place of `Barrier(2)`.',
      then: 'Both wait for a third thread that never comes, and the page tells you who waits for what.',
    },
  ],
};
