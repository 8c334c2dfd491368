/**
 * How search weighs what it finds: headings, and the aliases that an author gives to a section, before text, names in code last
 * (`npm run bench:search` judges it).
 */
export const ranking = {
  // Sections differ in length for no reason that a searcher cares about.
  pageLength: 0.4,
  termSaturation: 1.6,
  termFrequency: 0.7,
  termSimilarity: 2,
  metaWeights: { title: 2.5, heading: 7, aliases: 6, errors: 1, section: 0.5, names: 0.6, chapter: 0.2, kind: 0 },
} as const;
