/** Where the site keeps what its readers may take away: one rule for what is written and for the pages that link to it. */

/** Folder of the whole course; no chapter may have this address (`src/chapters/link-faults.ts`). */
export const takeAway = 'take-away';

/** Of a chapter, below the root of the site. `folder` is its folder in `content/`. */
export const notebookFile = (slug: string, folder: string): string => `${slug}/${folder}.ipynb`;
export const programsFile = (slug: string, folder: string): string => `${slug}/${folder}-python.zip`;

export const courseArchive = `${takeAway}/course.zip`;
