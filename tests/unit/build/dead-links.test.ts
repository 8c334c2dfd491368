/** Links of finished pages, relative as they are after relocation, are followed as a host would. */
import { describe, expect, it } from 'vitest';
import { elementsOf } from '../../../src/build/html.ts';
import { deadLinks, linksOf } from '../../../src/build/dead-links.ts';
import { sourceLine } from '../../../src/build/source-line.ts';
import { courseOnDisk } from '../chapters/course-on-disk.ts';

const pages = (site: Readonly<Record<string, string>>) =>
  Object.entries(site).map(([page, html]) => linksOf(elementsOf(html), page));
const faults = (site: Readonly<Record<string, string>>, files: readonly string[] = []): string[] =>
  deadLinks(pages(site), (file) => files.includes(file));

describe('a finished site', () => {
  it('has no fault when every link leads somewhere', () => {
    const site = {
      'index.html':
        '<a href="./a/#x">1</a><a href="https://b.org/">2</a><a href="#top">3</a><img src="./i.png" alt="">',
      'a/index.html': '<p id="x"></p><a href="../">1</a><a href="#x">2</a><a href="../a/">3</a><link href="../s.css">',
      'b.html': '<a href="./a/#x">1</a>',
    };
    expect(faults(site, ['i.png', 's.css'])).toEqual([]);
  });

  it('names the line of the chapter that a dead link was written in', () => {
    using course = courseOnDisk({
      'content/01-one/index.mdx': 'a\n[x](/api/#nope)\n[y](#gone)\n',
      'content/guide.mdx': '[x](/api/)',
    });
    const site = {
      'api/index.html': '<p id="here"></p>',
      'one/index.html': '<a href="../api/#nope">x</a><a href="#gone">y</a><a href="../of-the-layout/">z</a>',
      'guide/index.html': '<a href="../apis/">x</a>',
    };
    const told = deadLinks(
      pages(site),
      () => false,
      (page, target) => sourceLine(course.root, page, target),
    );
    expect(told.map((fault) => fault.replace(/: the link.*/, ''))).toEqual([
      'content/01-one/index.mdx:2',
      'content/01-one/index.mdx:3',
      'one/index.html',
      'guide/index.html',
    ]);
  });

  it('tells pages, anchors and files that are not there, and ids that are twice', () => {
    const site = {
      'index.html': '<a href="./b/">1</a><a href="./a/#y">2</a><a href="./a">3</a><script src="./x.js"></script>',
      'a/index.html': '<p id="x"></p><p id="x"></p><a href="#%C3%BC">1</a>',
    };
    expect(faults(site)).toEqual([
      'index.html: the link ./b/ leads nowhere',
      'index.html: the link ./a/#y leads to no element of a/index.html',
      'index.html: the link ./a leads nowhere',
      'index.html: the link ./x.js leads nowhere',
      'a/index.html: the id “x” is on two elements',
      'a/index.html: the link #%C3%BC leads to no element of a/index.html',
    ]);
  });
});
