/** What may be spent: the bounds that the benchmarks print and the tests hold, each with what it was when it was set. */

/**
 * Bytes of the search index, as sent, for a query of a name or a word at 1,000 chapters of `tests/bench/course.ts`: the first
 * of a visit, and each after it. Set with 69 and at most 13 kilobytes; a word that stands in most sections reads 60 more.
 */
export const searchIndex = { chapters: 1000, first: 100 * 1024, next: 30 * 1024 } as const;

/** First paint of a chapter, at each width: a share of what Starlight needs for the same text in the same run. Set with 0.63. */
export const firstPaint = 0.8;
