/** What the benchmarks must reach: shares of what a peer needs for the same in the same run. */
export const budgets = {
  /** First paint of the same chapter, at each width. */
  firstPaint: 0.8,
} as const;
