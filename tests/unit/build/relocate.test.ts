import { describe, expect, it } from 'vitest';
import { elementsOf, splice } from '../../../src/build/html.ts';
import { relocation, rootFrom, urlsBoundToPath } from '../../../src/build/relocate.ts';

const relocate = (html: string, page: string): string => splice(html, relocation(elementsOf(html), page));

describe('relocate', () => {
  it('counts the folders between a page and the root', () => {
    expect(rootFrom('index.html')).toBe('./');
    expect(rootFrom('a/b/index.html')).toBe('../../');
  });

  it('turns URLs of the root into relative ones and leaves every other byte', () => {
    const html = `<!doctype html><html data-root='/'><head><link rel=icon href=/favicon.svg></head>
<body><a  href="/a/?x=1&amp;y=2#z" title="/a">/a</a><img src="/i.png" alt=''><form action='/s'></form></body></html>`;
    expect(relocate(html, 'b/index.html')).toBe(
      `<!doctype html><html data-root="../"><head><link rel=icon href="../favicon.svg"></head>
<body><a  href="../a/?x=1&amp;y=2#z" title="/a">/a</a><img src="../i.png" alt=''><form action="../s"></form></body></html>`,
    );
  });

  it('leaves other hosts, fragments, relative URLs and data alone', () => {
    const html =
      '<a href="//host/x"></a><a href="https://host/"></a><a href="#a"></a><a href="../x"></a><img src="data:image/png;base64,/9j/">';
    expect(relocate(html, 'b/index.html')).toBe(html);
  });

  it('rewrites the home page to itself', () => {
    expect(relocate('<a href="/"></a>', 'index.html')).toBe('<a href="./"></a>');
    expect(relocate('<a href="/"></a>', 'a/b/index.html')).toBe('<a href="../../"></a>');
  });

  it('rewrites each candidate of a srcset, and no comma inside a data URL', () => {
    expect(relocate('<img srcset="/a.png 1x,/b.png 2x, https://h/c.png 3x">', 'p/index.html')).toBe(
      '<img srcset="../a.png 1x,../b.png 2x, https://h/c.png 3x">',
    );
    const data = '<img srcset="data:image/jpeg;base64,/9j/4A 1x">';
    expect(relocate(data, 'p/index.html')).toBe(data);
  });

  it('reaches SVG references, templates and refreshes', () => {
    expect(relocate('<svg><use xlink:href="/s.svg#x"/></svg>', 'p/index.html')).toBe(
      '<svg><use xlink:href="../s.svg#x"/></svg>',
    );
    expect(relocate('<template><img src="/a.png"></template>', 'p/index.html')).toBe(
      '<template><img src="../a.png"></template>',
    );
    expect(relocate('<meta http-equiv="refresh" content="0;url=/x/">', 'p/index.html')).toBe(
      '<meta http-equiv="refresh" content="0;url=../x/">',
    );
  });

  it('does not touch what only looks like a URL: text, scripts, comments', () => {
    const html =
      '<p>href="/a"</p><script>const a = \'<a href="/b">\'</script><!-- <a href="/c"> --><pre>src="/d"</pre>';
    expect(relocate(html, 'p/index.html')).toBe(html);
  });

  it('names what a page served at any depth must not refer to', () => {
    expect(
      urlsBoundToPath(elementsOf('<link rel="stylesheet" href="/a.css"><a href="/">Home</a><img src="data:,">')),
    ).toEqual(['<link href="/a.css">']);
  });
});
