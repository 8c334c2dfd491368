/** The sitemap; only where the site's address is configured, since its entries must be absolute. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection } from 'astro:content';
import { siteConfig } from '../../site.config.ts';
import { pagesOfCourse } from '../site/reference/pages.ts';

export const getStaticPaths: GetStaticPaths = () =>
  siteConfig.address === undefined ? [] : [{ params: { sitemap: 'sitemap' } }];

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export const GET: APIRoute = async () => {
  const chapters = await getCollection('chapters');
  const pages = ['', ...pagesOfCourse().map(({ id }) => `${id}/`), ...chapters.map(({ id }) => `${id}/`)];
  const entries = pages.map((page) => `<url><loc>${escape(new URL(page, siteConfig.address).href)}</loc></url>\n`);
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('')}</urlset>\n`,
    { headers: { 'content-type': 'application/xml' } },
  );
};
