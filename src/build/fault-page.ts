/** What `npm run dev` shows of faults in the page itself: their list above a page that can be rendered, or in place of it. */
import { formatFaults } from '../chapters/content-fault.ts';
import type { ContentFault } from '../chapters/content-fault.ts';
import type { Page } from './whole-page.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const listed = (words: string, faults: readonly ContentFault[]): string =>
  `<section data-faults style="padding:1rem;border-block-end:4px solid #b3261e;background:#fff;color:#1d1d1f;font:1rem/1.5 system-ui">
<h1 style="margin:0;font-size:1.25rem">${words}</h1>
<pre style="margin:.5rem 0 0;white-space:pre-wrap">${escaped(formatFaults(faults))}</pre></section>`;

/** The chapter's own faults, and those of files that every page may need, such as the glossary. */
function about(address: string, faults: readonly ContentFault[]): readonly ContentFault[] {
  const slug = /^\/([^/?#]+)/.exec(address)?.[1] ?? '';
  return faults.filter(({ file, about: kind }) => {
    const folder = /^content\/\d+-([^/]+)\//.exec(file)?.[1];
    return kind === 'content' && (folder === undefined || folder === slug);
  });
}

/** `faults` are those of the whole course. A page that is not whole is never sent with status 200. */
export function withFaults(address: string, page: Page, whole: boolean, faults: readonly ContentFault[]): Page {
  const own = about(address, faults);
  if (whole) {
    if (own.length === 0) return page;
    const words = 'This page has faults. Cells and exercises with faults are left out.';
    return { ...page, html: page.html.replace(/<body[^>]*>/, (body) => body + listed(words, own)) };
  }
  const words =
    own.length > 0
      ? 'This page cannot be shown until its faults are mended.'
      : 'This page could not be rendered. The terminal of npm run dev says why.';
  const client = '<script type="module" src="/@vite/client"></script>';
  const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Faults</title>${client}</head>`;
  return { status: 500, html: `${head}<body style="margin:0">${listed(words, own)}</body></html>` };
}
