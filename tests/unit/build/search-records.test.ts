import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../src/build/search-records.ts';

const page = `<!doctype html><html><head><meta charset="utf-8">
<meta name="keywords" content="lazy evaluation, worker pool, unheard of"></head><body><article data-pagefind-body>
<nav class="breadcrumbs" data-pagefind-ignore><ol><li>Chapter 11</li></ol></nav>
<h1>Pools: many calls, few threads</h1><p class="lead">All about <code>ThreadPoolExecutor</code>.</p>
<div class="heading"><h2 id="submit">Submit a call == ask</h2><a class="anchor" data-pagefind-ignore>#</a></div>
<p>First paragraph.</p><p>A pool of workers, lazy in its evaluation.</p>
<py-cell id="drain"><figure><figcaption><span class="cell-name">drain.py</span>
<span class="cell-actions" data-pagefind-ignore><button>Run</button></span></figcaption>
<div class="cell-source"><pre><code><span>pool</span>.<span>submit</span>(f)\n# not_a_name</code></pre></div>
<div class="cell-output" data-pagefind-ignore><div class="out-block is-error"><pre class="out error"><samp>Traceback (most recent call last):
  File "drain.py", line 1
NameError: name 'f' is not defined
</samp></pre></div><pre class="out stdout"><samp>noise</samp></pre></div></figure></py-cell>
<h2 id="exercises">Exercises</h2><h3 id="exercise-map">Map in order</h3><p>Write it.</p>
<h2 id="next">Next</h2><p>Elsewhere.</p></article></body></html>`;

const records = recordsOf(page, 'pools/index.html');
const byUrl = (url: string) => {
  const found = records.find((record) => record.url === url);
  if (found === undefined) throw new Error(`no record ${url}`);
  return found;
};

describe('search records', () => {
  it('are the chapter, its sections and its cells, each with its anchor and kind', () => {
    expect(records.map(({ url, kind }) => [url, kind])).toEqual([
      ['pools/', 'Text'],
      ['pools/#submit', 'Text'],
      ['pools/#drain', 'Code'],
      ['pools/#exercises', 'Exercise'],
      ['pools/#exercise-map', 'Exercise'],
    ]);
  });

  it('name the chapter by its number and short title', () => {
    expect(new Set(records.map(({ chapter }) => chapter))).toEqual(new Set(['11. Pools']));
  });

  it('hold what a reader reads, and no recorded output, button or anchor', () => {
    expect(byUrl('pools/#submit').text).toBe('First paragraph. A pool of workers, lazy in its evaluation.');
    expect(records.some(({ text }) => /noise|Traceback|Run|#$/.test(text))).toBe(false);
  });

  it('hold every word of a list, in order: names in code and links too', () => {
    const list = `<ul><li>A <code>Lock</code> has no owner; an <a href="#"><code>RLock</code></a>, too.<ul><li>So <b>be</b>
ware.</li></ul></li><li><p>Last.</p></li></ul>`;
    const [record] = recordsOf(page.replace('<p>First paragraph.</p>', list), 'pools/index.html').slice(1);
    expect(record?.text).toMatch(/^A Lock has no owner; an RLock, too. So be ware. Last./);
  });

  it('know the names in code whole, and the error that a cell ends with', () => {
    expect(byUrl('pools/#submit').names).toBe('pool.submit');
    expect(byUrl('pools/#submit').errors).toBe("NameError: name 'f' is not defined");
    expect(byUrl('pools/#drain')).toMatchObject({ title: 'drain.py', section: 'Submit a call == ask' });
  });

  it('give an alias to the section it is about, the rest to the chapter, and a heading the names of its operators', () => {
    expect(byUrl('pools/#submit').aliases).toBe('lazy evaluation, worker pool, equality');
    expect(byUrl('pools/').aliases).toBe('unheard of');
  });

  it('give an alias that names its section to that section or cell, whatever the others are about', () => {
    const page =
      '<html><head><meta name="keywords" content="threads"><meta name="keywords" data-section="lock" content="mutex, threads lock"></head><body><article data-pagefind-body><h1>Chapter</h1><h2 id="threads">Threads</h2><p>Threads.</p><h2 id="lock">Lock</h2><p>It is held.</p></article></body></html>';
    expect(recordsOf(page, 'a/index.html').map(({ url, aliases }) => [url, aliases])).toEqual([
      ['a/', ''],
      ['a/#threads', 'threads'],
      ['a/#lock', 'mutex, threads lock'],
    ]);
  });

  it('are made of a glossary too, term by term; what a term is also called weighs as a name, less than in its section', () => {
    const glossary =
      '<html><body><article data-pagefind-body><h1>Glossary</h1><dl><dt id="gil">GIL <span>also global lock</span></dt><dd>A lock.</dd></dl></article></body></html>';
    expect(recordsOf(glossary, 'glossary/index.html').at(-1)).toMatchObject({
      url: 'glossary/#gil',
      kind: 'Glossary',
      title: 'GIL',
      text: 'A lock.',
      aliases: '',
      names: 'GIL also global lock',
    });
  });

  it('are none for a page that does not offer itself', () => {
    expect(recordsOf('<html><body><h1>Home</h1></body></html>', 'index.html')).toEqual([]);
  });
});
