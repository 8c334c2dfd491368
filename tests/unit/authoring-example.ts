/** The first example of docs/authoring.md, as an author who follows it to the letter would type it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(import.meta.dirname, '../../docs/authoring.md'), 'utf8');
const steps = /^## A chapter in five minutes\n(.*?)^## /ms.exec(page)?.[1] ?? '';

const found = (pattern: RegExp): string => {
  const text = pattern.exec(steps)?.[1];
  if (text === undefined) throw new Error(`docs/authoring.md has no ${String(pattern)} in its first example.`);
  return text;
};

export const example = {
  file: found(/Make `(content\/[^`]+\/index\.mdx)`/),
  text: found(/^ {3}````mdx\n(.*?)^ {3}````$/ms).replace(/^ {3}/gm, ''),
  address: found(/is its address, `([^`]+)`/),
  shown: found(/http:\/\/localhost:4321(\/\S*)/),
  /** The words of `npm run record --`. */
  target: found(/`npm run record -- ([^`]+)`/),
  snapshot: found(/`(content\/[^`]+\.json)`/),
};
