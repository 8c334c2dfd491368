/**
 * Astro integration: the search index over the built pages, in `pagefind/` of the output, with the words that misspellings are
 * corrected by and the list that a search is narrowed by. One record at a time crosses to Pagefind's process, so that the text
 * of the course is never held at once.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { close, createIndex, type PagefindIndex } from 'pagefind';
import { listPlaces, type Place } from '../site/search/places.ts';
import { pagesIn } from './pages.ts';
import { shrinkMetadata } from './search-metadata.ts';
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

/**
 * How many places of words stand in one file of the index: a quarter of what Pagefind takes. A query reads a file for each of
 * its words, and the list of the files, which is read first, grows by a few kilobytes in a course of 1,000 chapters.
 */
const PLACES_IN_A_FILE = 5000;

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
  });
  if (errors.length > 0) throw new Error(`The search index refused ${record.url}: ${errors.join('; ')}`);
}

/** What the page reads beside Pagefind's files. Not named .gz: some hosts would declare it as an encoding, and the page would get it inflated. */
async function writeText(file: string, text: string): Promise<void> {
  await writeFile(file, gzipSync(text, { level: 9 }));
}

/** Indexes the pages below `root`; returns the number of records. */
export async function writeSearchIndex(root: string): Promise<number> {
  // Read by Pagefind's process when it starts; its API has no option for it.
  process.env['PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE'] = String(PLACES_IN_A_FILE);
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (index === undefined) throw new Error(`The search index could not be started: ${errors.join('; ')}`);
  try {
    const words = new Vocabulary();
    const urls: string[] = [];
    const places: Place[][] = [];
    for (const page of await pagesIn(root)) {
      const found = recordsOf(await readFile(path.join(root, page), 'utf8'), page);
      for (const record of found) {
        words.add(record);
        urls.push(record.url);
        await addRecord(index, record);
      }
      places.push(found.map(({ chapter, kind }) => ({ chapter, kind })));
    }
    const outputPath = path.join(root, 'pagefind');
    const written = await index.writeFiles({ outputPath });
    if (written.errors.length > 0)
      throw new Error(`The search index could not be written: ${written.errors.join('; ')}`);
    shrinkMetadata(outputPath, urls);
    await mkdir(path.join(outputPath, 'words'), { recursive: true });
    await Promise.all([
      writeText(path.join(outputPath, 'places.bin'), listPlaces(places)),
      ...[...words.byLetter()].map(([letter, text]) =>
        writeText(path.join(outputPath, 'words', `${letter}.bin`), text),
      ),
      ...UNUSED.map((name) => rm(path.join(outputPath, name), { force: true })),
    ]);
    return urls.length;
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
