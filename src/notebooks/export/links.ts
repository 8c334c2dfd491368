/**
 * Where a link of a chapter leads from a notebook: to the site where its address is known, else to the notebook of the other
 * chapter, which lies beside this one in the course's archive.
 */
import type { Source } from './source.ts';

/** Jupyter's anchor of a heading: its words with hyphens between them. */
const jupyterAnchor = (heading: string): string => `#${encodeURI(heading.trim().replaceAll(/\s+/g, '-'))}`;

/** Undefined where nothing outside the site has what it leads to. */
export function linkFrom({ chapter, folders, headings, address }: Source, url: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) return url;
  const { pathname, hash } = new URL(url, `http://course.invalid/${chapter.slug}/`);
  const slug = pathname.replaceAll('/', '');
  const heading = headings.get(`${slug}${hash}`);
  if (slug === chapter.slug && heading !== undefined) return jupyterAnchor(heading);
  if (address !== undefined) return `${address}${pathname.slice(1)}${hash}`;
  const folder = folders.get(slug);
  if (folder === undefined || slug === chapter.slug) return undefined;
  return `${folder}.ipynb${heading === undefined ? '' : jupyterAnchor(heading)}`;
}
