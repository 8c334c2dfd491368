/** The search index of a course of any length without its build: the made-up chapters as plain pages, beside a built site. */
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeSearchIndex } from '../../src/build/search-index.ts';
import { makeUpChapter, type MadeUpChapter } from '../bench/course.ts';

/** As much of a built chapter as the index reads; what is made up needs no escapes but these. */
function asPage({ title, summary, outcomes, aliases, sections }: MadeUpChapter, number: number): string {
  const text = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const paragraph = (words: string): string => `<p>${text(words)}</p>`;
  const blocks = sections.flatMap(({ id, title, blocks }) => [
    `<h2 id="${id}">${text(title)}</h2>`,
    ...blocks.map((block) =>
      typeof block === 'string'
        ? paragraph(block)
        : `<py-cell id="${block.id}"><span class="cell-name">${text(block.title)}</span>` +
          `<div class="cell-source"><pre><code>${text(block.source)}</code></pre></div></py-cell>`,
    ),
  ]);
  return [
    `<!doctype html><html lang="en"><head><meta name="keywords" content="${aliases.join(', ')}"></head>`,
    `<body><article data-pagefind-body><nav class="breadcrumbs" data-pagefind-ignore>Chapter ${number}</nav>`,
    `<h1>${text(title)}</h1>`,
    ...[summary, ...outcomes].map(paragraph),
    ...blocks,
    '</article></body></html>',
  ].join('\n');
}

/** A folder with all of the built site at `site` but its index, which is that of so many chapters; the caller removes it. */
export async function siteWithLargeIndex(site: string, chapters: number): Promise<string> {
  const root = mkdtempSync(path.join(tmpdir(), `index-${chapters}-`));
  for (let number = 1; number <= chapters; number++) {
    const folder = path.join(root, `chapter-${number}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'index.html'), asPage(makeUpChapter(number), number));
  }
  await writeSearchIndex(root);
  for (const name of readdirSync(site))
    if (name !== 'pagefind') symlinkSync(path.join(site, name), path.join(root, name));
  return root;
}
