/**
 * The Markdown of a notebook as MDX that says the same: what MDX would read as code is escaped, headings get their anchors,
 * images become files. What has no place in a chapter is told.
 *
 * Invariant: nothing of what is written here can act when the chapter is built: braces, tags and import lines are escaped or
 * gone. A text that does not come out as prose alone is shown as plain text instead.
 */
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { markdownToMdast, type MdastNode } from 'satteri';
import { languages } from '../../chapters/fence-languages.ts';
import { markdownFeatures, parseMdx, textOf, walk } from '../../chapters/markdown.ts';
import { fence } from '../fence.ts';
import { bracketed } from '../bracketed.ts';
import type { Anchors } from './anchors.ts';
import type { Images, Kept } from './images.ts';
import { withoutMath } from './math.ts';
import { textOf as textOfField, type Fields, isFields } from './read-notebook.ts';
import { beginning, type Tell } from './remark.ts';

export interface Place {
  readonly cell: number;
  readonly anchors: Anchors;
  readonly images: Images;
  readonly attachments: Fields;
  readonly tell: Tell;
  /** Depth of the last heading; 1 is the title of the chapter. */
  depth: number;
  /** How much deeper headings are here than in the notebook. */
  readonly deeper: number;
}

/** Tags without attributes that mean in MDX what they mean in Markdown. */
const plainTag = /^<\/?(?:b|i|u|s|em|strong|sub|sup|kbd|code|mark|small|del|ins|details|summary|q|abbr)>$/;
const pythons: ReadonlySet<string> = new Set(['python3', 'ipython', 'ipython3', 'pycon', 'py3', 'jupyter']);

interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf({ position }: MdastNode): Span {
  const { start, end } = position ?? {};
  return { start: start?.offset ?? 0, end: end?.offset ?? 0 };
}

const childrenOf = (node: MdastNode): readonly MdastNode[] => ('children' in node ? node.children : []);

/** Text of Markdown with what opens code in MDX escaped, unless it is already. */
const escaped = (text: string): string =>
  text
    .replace(/(\\*)([{}<])/g, (_, slashes: string, sign: string) =>
      slashes.length % 2 === 1 ? `${slashes}${sign}` : `${slashes}\\${sign}`,
    )
    // At the beginning of a line MDX takes these words for a line of JavaScript.
    .replace(
      /(^|\n)([ie])(?=mport\b|xport\b)/g,
      (_, before: string, letter: string) => `${before}&#${letter.codePointAt(0) ?? 0};`,
    );

/** A character that would end an address. */
const percent = (sign: string): string => `%${(sign.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;

/** What a reader would see of HTML, without what acts. */
function readable(html: string): string {
  const read = (node: DefaultTreeAdapterTypes.ChildNode): string => {
    if (node.nodeName === 'script' || node.nodeName === 'style' || node.nodeName === 'template') return '';
    if ('value' in node) return node.value;
    return 'childNodes' in node ? node.childNodes.map(read).join('') : '';
  };
  return parseFragment(html).childNodes.map(read).join('').replaceAll(/\s+/g, ' ').trim();
}

class Converter {
  readonly #text: string;
  readonly #place: Place;
  readonly #definitions = new Map<string, string>();

  constructor(text: string, place: Place) {
    this.#text = text;
    this.#place = place;
  }

  convert(tree: MdastNode): string {
    walk(tree, (node) => {
      if (node.type === 'definition') this.#definitions.set(node.identifier, node.url);
    });
    return this.#changed({ start: 0, end: this.#text.length }, childrenOf(tree));
  }

  #changed(span: Span, nodes: readonly MdastNode[]): string {
    let text = '';
    let at = span.start;
    const visit = (node: MdastNode): void => {
      const { start, end } = spanOf(node);
      const written = this.#replacement(node);
      if (written === undefined) {
        childrenOf(node).forEach(visit);
        return;
      }
      text += this.#text.slice(at, start) + written;
      at = end;
    };
    nodes.forEach(visit);
    return text + this.#text.slice(at, span.end);
  }

  #inside(node: MdastNode): string {
    const children = childrenOf(node);
    const [first, last] = [children[0], children.at(-1)];
    if (first === undefined || last === undefined) return '';
    return this.#changed({ start: spanOf(first).start, end: spanOf(last).end }, children);
  }

  /** Undefined for what stays as it is, but for what is inside. */
  #replacement(node: MdastNode): string | undefined {
    const { start, end } = spanOf(node);
    const source = this.#text.slice(start, end);
    switch (node.type) {
      case 'text':
        return escaped(source);
      case 'heading':
        return this.#heading(node);
      case 'code':
        return this.#code(node, source);
      case 'html':
        return this.#html(node.value);
      case 'link':
        return this.#link(node, node.url);
      case 'linkReference': {
        const url = this.#definitions.get(node.identifier);
        return url === undefined ? undefined : this.#link(node, url);
      }
      case 'image':
        return this.#image(node.url, node.alt ?? '');
      case 'imageReference':
        return this.#image(this.#definitions.get(node.identifier) ?? '', node.alt ?? '');
      case 'definition':
        // Written where it is used.
        return '';
      default:
        return undefined;
    }
  }

  #heading(node: MdastNode & { type: 'heading' }): string {
    const place = this.#place;
    const depth = Math.min(Math.max(2, node.depth + place.deeper), place.depth + 1, 6);
    if (depth !== node.depth + place.deeper)
      place.tell(
        `the heading “${beginning(textOf(node))}” is now of level ${depth}`,
        'The title of the page is the only one of level 1, and no level is left out.',
      );
    place.depth = depth;
    const words =
      this.#inside(node)
        .replaceAll(/\s*\n\s*/g, ' ')
        .trim() || 'Section';
    return `${'#'.repeat(depth)} ${words} {#${place.anchors.heading(textOf(node))}}`;
  }

  #code(node: MdastNode & { type: 'code' }, source: string): string {
    const { tell } = this.#place;
    const [, lang = ''] = /^[`~]{3,}\s*\{?\.?([\w+-]*)/.exec(source) ?? [];
    const known = languages.includes(lang) ? lang : pythons.has(lang) ? 'python' : 'text';
    if (lang !== '' && known === 'text' && lang !== 'text')
      tell(`a fence in “${lang}” is shown without colours`, `Colours are there for ${languages.join(', ')}.`);
    const column = (node.position?.start.column ?? 1) - 1;
    const indent = /^\s*$/.test(
      this.#text.slice(this.#text.lastIndexOf('\n', spanOf(node).start - 1) + 1, spanOf(node).start),
    )
      ? ' '.repeat(column)
      : '';
    return fence(known, node.value).split('\n').join(`\n${indent}`);
  }

  #html(html: string): string {
    const { tell } = this.#place;
    if (plainTag.test(html)) return html;
    if (/^<br\s*\/?>$/i.test(html)) return '<br />';
    if (/^<hr\s*\/?>$/i.test(html)) return '---';
    const image = /^<img\b[^>]*>$/i.test(html.trim()) ? html : undefined;
    if (image !== undefined) {
      const value = (name: string): string =>
        new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(image)?.slice(1).find(Boolean) ?? '';
      return this.#image(value('src'), value('alt'));
    }
    // `<details>` and `<summary>` with the text between them, as a notebook folds an answer away.
    if (/^(?:<\/?(?:details|summary)>|[^<{}\\]|\n)+$/.test(html)) return html;
    const words = readable(html);
    const what = /^\s*<!--/.test(html) ? 'an HTML comment' : 'HTML';
    tell(
      words === '' ? `${what} is left out: ${beginning(html)}` : `${what} is now its text alone: ${beginning(html)}`,
      'Write it as Markdown or with a component (docs/authoring-components.md).',
    );
    return escaped(words).replaceAll(/[*_`[\]#|]/g, '\\$&');
  }

  #link(node: MdastNode, url: string): string {
    const shown = this.#inside(node) || escaped(url);
    if (/^(?:https?|mailto):/i.test(url)) return `[${shown}](${url.replaceAll(/[()<>{}\\\s]/g, percent)})`;
    const anchor = url.startsWith('#') ? this.#place.anchors.ofLink(url.slice(1)) : undefined;
    if (anchor !== undefined) return `[${shown}](#${anchor})`;
    this.#place.tell(
      `the link to ${beginning(url) || 'nothing'} is now its text alone`,
      'Chapters are at /slug/, their sections at /slug/#anchor; other sites by https.',
    );
    return shown;
  }

  #image(url: string, alt: string): string {
    const { cell, tell, images, attachments } = this.#place;
    let kept: Kept;
    if (/^(?:https?:)?\/\//i.test(url)) kept = { ok: false, why: 'is on another host' };
    else if (/^attachment:/i.test(url)) kept = this.#attachment(url.slice('attachment:'.length), images, attachments);
    else if (/^data:/i.test(url)) kept = images.keepAddress(url, alt || `cell ${cell}`);
    else kept = images.keepFile(url);
    if (!kept.ok) {
      tell(
        `the image ${beginning(url) || 'without an address'} ${kept.why}: its text stands in its place`,
        'Put the file beside the chapter and write ![what it shows](./file.png).',
      );
      return `*${escaped(alt || 'An image')}*`;
    }
    if (alt.trim() === '')
      tell(`the image ${kept.path} has no text alternative`, `Say in index.mdx what it shows: ![…](./${kept.path}).`);
    return `![${escaped(bracketed(alt.trim() || `Image of cell ${cell} of the notebook`))}](./${kept.path})`;
  }

  #attachment(name: string, images: Images, attachments: Fields): Kept {
    let key = name;
    try {
      key = decodeURIComponent(name);
    } catch {
      // As it stands.
    }
    const found = Object.hasOwn(attachments, key) ? attachments[key] : undefined;
    if (!isFields(found)) return { ok: false, why: 'is no attachment of its cell' };
    for (const [type, data] of Object.entries(found)) {
      const text = textOfField(data);
      if (text !== undefined) return images.keepText(type, text, key.split(/[/\\]/).at(-1) ?? '');
    }
    return { ok: false, why: 'has nothing in it' };
  }
}

/** Whether a text is prose for MDX, too, and nothing that could act. */
function isProse(text: string): boolean {
  const parsed = parseMdx('cell', text);
  if (!parsed.ok) return false;
  let prose = true;
  walk(parsed.tree, (node) => {
    if (/^mdx(?:jsEsm|.*Expression)$/.test(node.type)) prose = false;
    if (node.type === 'html') prose = false;
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement')
      if (
        !/^(?:br|b|i|u|s|em|strong|sub|sup|kbd|code|mark|small|del|ins|details|summary|q|abbr)$/.test(
          node.name ?? '',
        ) ||
        node.attributes.length > 0
      )
        prose = false;
  });
  return prose;
}

/** One Markdown cell. Headings of the whole notebook should be known to `place.anchors` before links are followed. */
export function toMdx(markdown: string, place: Place): string {
  const plain = withoutMath(markdown, place.tell);
  const written = new Converter(plain, place).convert(markdownToMdast(plain, { features: markdownFeatures })).trim();
  if (isProse(written)) return written;
  place.tell('its Markdown cannot be read as MDX: shown as plain text', 'Write it again by hand in index.mdx.');
  return fence('text', markdown);
}
