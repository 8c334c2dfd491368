/** Astro integration: the finished site has no link, anchor, image or script that leads nowhere, and no id twice in a page. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { deadLinks, linksOf } from './dead-links.ts';
import type { PageLinks } from './dead-links.ts';
import { NOT_FOUND, pagesIn } from './pages.ts';
import { sourceLine } from './source-line.ts';
import { toldAsWritten } from './told-as-written.ts';

/** Comes after all that writes pages. The 404 page is served at any depth: its links are made in the browser. */
export function checkLinks(): AstroIntegration {
  let project = '';
  return {
    name: 'check-links',
    hooks: {
      'astro:config:done': ({ config }) => {
        project = fileURLToPath(config.root);
      },
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const pages: PageLinks[] = [];
        for (const page of await pagesIn(root)) {
          if (page !== NOT_FOUND) pages.push(linksOf(await readFile(path.join(root, page), 'utf8'), page));
        }
        const faults = deadLinks(
          pages,
          (file) => existsSync(path.join(root, file)),
          (page, target) => sourceLine(project, page, target),
        );
        if (faults.length === 0) return;
        throw toldAsWritten(
          logger,
          `The built pages have dead links or ids twice:\n\n${faults.join('\n')}`,
          'Where no line of content/ is named, a layout or a component made them.',
        );
      },
    },
  };
}
