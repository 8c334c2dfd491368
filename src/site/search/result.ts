/** One search result: where it leads, what it is, and the words around the hit. Text of the course is only ever set as text. */
import type { PagefindResultData } from '@pagefind/component-ui';
import { fromSentence, type Piece } from './excerpt.ts';

function withText(name: string, className: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** What Pagefind gives is escaped HTML whose only elements are `<mark>`. */
function piecesOf(excerpt: string): readonly Piece[] {
  const parsed = new DOMParser().parseFromString(excerpt, 'text/html');
  return [...parsed.body.childNodes].map((node) => ({
    text: node.textContent ?? '',
    marked: node.nodeName === 'MARK',
  }));
}

/** Code has no sentences. */
function excerptNodes({ excerpt, content }: PagefindResultData, kind: string): Node[] {
  const pieces = piecesOf(excerpt);
  const whole = (): string =>
    piecesOf(content ?? '')
      .map(({ text }) => text)
      .join('');
  return (kind === 'Code' ? pieces : fromSentence(pieces, whole())).map(({ text, marked }) =>
    marked ? withText('mark', '', text) : document.createTextNode(text),
  );
}

/** What to read above a title: the chapter, and for a cell its section. */
function place(meta: Readonly<Record<string, string>>): string {
  return [meta['chapter'], meta['section']].filter(Boolean).join(' › ');
}

export function renderResult(result: PagefindResultData): Element {
  const { meta } = result;
  const kind = meta['kind'] ?? 'Text';
  const item = document.createElement('li');
  item.className = 'search-result';
  const link = withText('a', 'search-link', meta['title'] ?? result.url);
  link.setAttribute('href', result.url);
  const where = withText('p', 'search-place', place(meta));
  if (kind !== 'Text') where.append(' ', withText('span', 'search-kind', kind));
  const title = withText('p', 'search-title', '');
  title.append(link);
  const excerpt = withText(kind === 'Code' ? 'code' : 'p', 'search-excerpt', '');
  excerpt.append(...excerptNodes(result, kind));
  if (meta['looser'] !== undefined) item.append(withText('p', 'search-looser', `Results for ${meta['looser']}`));
  item.append(where, title, excerpt);
  return item;
}
