/** Files that a chapter imports are there, and its drawings, which become a part of the page, have nothing that a page may not have. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Chapter } from './chapter.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { forbiddenAttribute, isScript } from './forbidden.ts';

/** An attribute with its value, in a tag of SVG. */
const attribute = /\s([a-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

/** `ids` are those of the page so far, with the file that has each; the drawing's are added. */
function drawingFaults(file: string, text: string, ids: Map<string, string>): ContentFault[] {
  const faults: ContentFault[] = [];
  // Blanks in place of comments, so that every line stays where it is.
  const read = text.replace(/<!--.*?-->/gs, (comment) => comment.replace(/[^\n]/g, ' '));
  for (const match of read.matchAll(attribute)) {
    const [, name = '', double, single = ''] = match;
    const value = double ?? single;
    const line = read.slice(0, match.index + 1).split('\n').length;
    const add = (what: string, mend: string): void => void faults.push(contentFault({ file, line }, what, mend));
    const mend = forbiddenAttribute(name);
    if (mend !== undefined) add(`${name}= in a drawing`, mend);
    if (/^(?:xlink:)?href$/i.test(name) && isScript(value))
      add(`the link ${value} in a drawing`, 'The page’s policy allows no such address: leave it out.');
    if (name !== 'id') continue;
    const taken = ids.get(value);
    if (taken === undefined) ids.set(value, file);
    else
      add(
        `the id “${value}” is already in ${taken}`,
        'A drawing becomes a part of the page, and each id may be in a page once: choose another.',
      );
  }
  return faults;
}

/** `root` is the project's root. */
export function importFaults(root: string, chapter: Chapter): ContentFault[] {
  const faults: ContentFault[] = [];
  const ids = new Map([...chapter.anchors].map((id) => [id, chapter.file]));
  const seen = new Set<string>();
  for (const { url, line } of chapter.imports) {
    if (!/^\.{1,2}\//.test(url)) continue;
    const [path = ''] = url.split('?');
    const file = posix.join(dirname(chapter.file), path);
    if (!existsSync(join(root, file))) {
      const mend = 'The path starts at the folder of the file that imports it, and needs its ending.';
      faults.push(contentFault({ file: chapter.file, line }, `the import ${url} does not exist`, mend));
    } else if (file.endsWith('.svg') && !url.includes('?') && !seen.has(file)) {
      faults.push(...drawingFaults(file, readFileSync(join(root, file), 'utf8'), ids));
    }
    seen.add(file);
  }
  return faults;
}
