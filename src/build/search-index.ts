/**
 * Astro integration: the search index over the built pages, in `pagefind/` of the output, with the words that
 * misspellings are corrected by. One record at a time crosses to Pagefind's process, so memory does not grow with pages.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { close, createIndex, type PagefindIndex } from 'pagefind';
import { pagesIn } from './pages.ts';
import { recordsOf, type SearchRecord } from './search-records.ts';
import { Vocabulary } from './vocabulary.ts';

/** Pagefind's ready-made interfaces: ours is bundled with the site's scripts. */
const UNUSED = [
  'pagefind-component-ui.css',
  'pagefind-component-ui.js',
  'pagefind-highlight.js',
  'pagefind-modular-ui.css',
  'pagefind-modular-ui.js',
  'pagefind-ui.css',
  'pagefind-ui.js',
];

/** Metadata without content is left out: every key costs bytes in every result. */
function metadataOf(record: SearchRecord): Record<string, string> {
  const { title, section, aliases, names, errors, kind, chapter } = record;
  // Once more under a name of its own, to be weighed apart: a section's title says more than a chapter's, a cell's or an exercise's.
  const heading = record.url.includes('#') && kind === 'Text' ? title : '';
  const all = { title, heading, section, aliases, names, errors, kind, chapter };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

async function addRecord(index: PagefindIndex, record: SearchRecord): Promise<void> {
  const { errors } = await index.addCustomRecord({
    url: record.url,
    content: record.text === '' ? record.title : record.text,
    language: 'en',
    meta: metadataOf(record),
    // Filters are listed by their characters: the space, which nobody sees, puts 2 before 10.
    filters: { kind: [record.kind], chapter: [record.chapter.replace(/^(?=\d\.)/, ' ')] },
  });
  if (errors.length > 0) throw new Error(`The search index refused ${record.url}: ${errors.join('; ')}`);
}

/** Indexes the pages below `root`; returns the number of records. */
async function writeSearchIndex(root: string): Promise<number> {
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (index === undefined) throw new Error(`The search index could not be started: ${errors.join('; ')}`);
  try {
    const words = new Vocabulary();
    let count = 0;
    for (const page of await pagesIn(root)) {
      const found = recordsOf(await readFile(path.join(root, page), 'utf8'), page);
      for (const record of found) {
        words.add(record);
        await addRecord(index, record);
      }
      count += found.length;
    }
    const outputPath = path.join(root, 'pagefind');
    const written = await index.writeFiles({ outputPath });
    if (written.errors.length > 0)
      throw new Error(`The search index could not be written: ${written.errors.join('; ')}`);
    // Not named .gz: some hosts would declare it as an encoding, and the page would get it inflated.
    await writeFile(path.join(outputPath, 'words.bin'), gzipSync(words.toString(), { level: 9 }));
    await Promise.all(UNUSED.map((name) => rm(path.join(outputPath, name), { force: true })));
    return count;
  } finally {
    await close();
  }
}

export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const count = await writeSearchIndex(fileURLToPath(dir));
        logger.info(`${count} records`);
      },
    },
  };
}
