/**
 * Writes `documented.json` from the page "Thread Safety Guarantees" of Python's documentation (`node refresh.ts
 * threadsafety.html`): which operations of list, dict and set the page lists as good, maybe or bad. What the page says in
 * a sentence only is quoted here, and a page that no longer has the sentence is refused.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

type Level = 'good' | 'maybe' | 'bad';

const quoted: readonly (readonly [type: string, operation: string, level: Level, sentence: string])[] = [
  ['list', 'lst[i] = x', 'good', 'Writing a single item via lst[i] = x is safe to call from multiple threads'],
  ['list', 'lst.clear()', 'good', 'The clear() method is also atomic.'],
  ['list', 'lst.sort()', 'maybe', 'The sort() method is not atomic.'],
  ['list', 'lst.sort(key=f)', 'maybe', 'The sort() method is not atomic.'],
  ['list', 'lst.remove(item)', 'maybe', 'The remove() method may allow concurrent modifications'],
  ['list', 'lst.extend(lst2)', 'good', 'the extend operation is safe from concurrent modifications to the iterable'],
  [
    'list',
    'lst.extend(iterator)',
    'maybe',
    'an iterator is created which can be concurrently modified by another thread',
  ],
  ['dict', 'd.clear()', 'good', 'The clear() method holds the lock for its duration.'],
  ['set', 'elem in s', 'maybe', 'may observe intermediate states from operations that hold the per-object lock'],
  ['set', 'len(s)', 'good', 'The len() function is lock-free and atomic.'],
  ['set', 's.copy()', 'good', 'holds the per-object lock for the duration so that it is always atomic'],
  ['set', 's.clear()', 'good', 'The clear() method holds the lock for its duration.'],
];

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node refresh.ts threadsafety.html');
const html = readFileSync(file, 'utf8');

function plain(markup: string): string {
  const text = markup.replaceAll(/<[^>]*>/gu, '');
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** Each statement of a block in one line; a statement with a body keeps it after its colon. */
function statements(code: string): string[] {
  const lines = code.split('\n').map((line) => line.replace(/\s*#.*$/u, ''));
  const found: string[] = [];
  for (const line of lines) {
    const words = line.trim().replaceAll(/\s+/gu, ' ');
    if (words === '') continue;
    if (line.startsWith(' ')) found.push(`${found.pop() ?? ''} ${words}`);
    else found.push(words);
  }
  return found;
}

function section(type: string): string {
  const [, rest] = html.split(`<section id="thread-safety-for-${type}-objects">`);
  const [own] = rest?.split('</section>') ?? [];
  if (own === undefined) throw new Error(`the page has no section on ${type}`);
  return own;
}

function operations(type: string): Record<string, Level> {
  const text = plain(section(type)).replaceAll(/\s+/gu, ' ');
  const levels: Record<string, Level> = {};
  // After the bad examples come remedies, which are no operations of the type.
  let remedies = false;
  for (const [, level, code = ''] of section(type).matchAll(/<div class="(good|maybe|bad) [^>]*>(.*?)<\/pre>/gsu)) {
    if (level === 'bad') remedies = true;
    else if (remedies) continue;
    for (const statement of statements(plain(code))) levels[statement] = level as Level;
  }
  for (const [of, operation, level, sentence] of quoted) {
    if (of !== type) continue;
    if (!text.includes(sentence)) throw new Error(`the page no longer says of ${type}: ${sentence}`);
    levels[operation] = level;
  }
  return levels;
}

const release = /(\d+\.\d+\.\d+) Documentation/u.exec(html)?.[1];
const documented = { release, list: operations('list'), dict: operations('dict'), set: operations('set') };
const json = new URL('documented.json', import.meta.url);
const options = await resolveConfig(json.pathname);
writeFileSync(json, await format(JSON.stringify(documented), { ...options, parser: 'json' }));
