/** Makes every URL in a built page relative to that page, so that one build runs at any path of any host. */
import { attribute, attributeEdit, type Edit, type Element } from './html.ts';

const SINGLE = new Set(['href', 'xlink:href', 'src', 'poster', 'action', 'formaction', 'data', 'cite', 'data-root']);
const LISTS = new Set(['srcset', 'imagesrcset']);

/** The way from a page to the output's root: `./` for `index.html`, `../../` for `a/b/index.html`. */
export function rootFrom(page: string): string {
  return '../'.repeat(page.split(/[\\/]/).length - 1) || './';
}

/** Relative when the URL starts at the root of the host; all else (other hosts, fragments, data) is returned as it is. */
function relative(url: string, root: string): string {
  const trimmed = url.trim();
  return trimmed.startsWith('/') && !trimmed.startsWith('//') ? root + trimmed.slice(1) : url;
}

/** Each candidate is a URL up to white space, then descriptors up to a comma (HTML, "parse a srcset attribute"). */
function relativeList(list: string, root: string): string {
  return list.replaceAll(
    /([\s,]*)(\S*[^\s,])([^,]*)/g,
    (_, before: string, url: string, rest: string) => before + relative(url, root) + rest,
  );
}

function relativeRefresh(element: Element, content: string, root: string): string {
  if (element.tagName !== 'meta' || attribute(element, 'http-equiv')?.toLowerCase() !== 'refresh') return content;
  return content.replace(/(;\s*url=)(.+)/i, (_, before: string, url: string) => before + relative(url, root));
}

function relativeAttribute(element: Element, name: string, value: string, root: string): string {
  if (SINGLE.has(name)) return relative(value, root);
  if (LISTS.has(name)) return relativeList(value, root);
  return name === 'content' ? relativeRefresh(element, value, root) : value;
}

/** The edits that relocate a page; `page` is its path below the output's root. The elements get their new URLs, too. */
export function relocation(elements: readonly Element[], page: string): Edit[] {
  const root = rootFrom(page);
  const edits: Edit[] = [];
  for (const element of elements) {
    for (const attr of element.attrs) {
      const written = attr.prefix ? `${attr.prefix}:${attr.name}` : attr.name;
      const changed = relativeAttribute(element, written, attr.value, root);
      if (changed === attr.value) continue;
      const edit = attributeEdit(element, written, changed);
      if (edit === undefined) continue;
      edits.push(edit);
      attr.value = changed;
    }
  }
  return edits;
}

/** URLs that a page served at any depth (the 404 page) must not have: they would be looked up below the wrong folder. */
export function urlsBoundToPath(elements: readonly Element[]): string[] {
  const bound: string[] = [];
  for (const element of elements) {
    for (const { name, value } of element.attrs) {
      if (!SINGLE.has(name) && !LISTS.has(name)) continue;
      if (element.tagName === 'a' || name === 'data-root') continue;
      if (!/^(?:#|data:|https?:|mailto:)/.test(value)) bound.push(`<${element.tagName} ${name}="${value}">`);
    }
  }
  return bound;
}
