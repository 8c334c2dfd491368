/**
 * Astro integration: the pages as they are served. Each is read, parsed and written once: its sheets are linked late, its
 * URLs made relative, its long names given places to break, its policy put in, and its links kept until all are known. After
 * all that writes pages.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration, AstroIntegrationLogger } from 'astro';
import { breakNames } from './break-names.ts';
import { deadLinks, linksOf, type PageLinks } from './dead-links.ts';
import { elementsOf, splice } from './html.ts';
import { linkStylesLate } from './late-styles.ts';
import { pagePolicy } from './page-policy.ts';
import { NOT_FOUND, pagesIn } from './pages.ts';
import { relocation, urlsBoundToPath } from './relocate.ts';
import { sourceLine } from './source-line.ts';
import { toldAsWritten } from './told-as-written.ts';

interface Finished {
  readonly html: string;
  /** What in it no strict policy can allow. */
  readonly faults: readonly string[];
  /** None of the 404 page: it is served at any depth, and its links are made in the browser. */
  readonly links: PageLinks | undefined;
}

/** Of the page's own short scripts, which hold no text of more than one line: each byte counts in every page. */
const withoutIndentation = (html: string): string =>
  html.replace(/<script(?: data-late-styles)?>[^]*?<\/script>/g, (script) => script.replace(/\n\s*/g, '\n'));

/** `scripts` are the source expressions that the policy allows besides the page's own. */
function finish(written: string, page: string, scripts: readonly string[], logger: AstroIntegrationLogger): Finished {
  const html = linkStylesLate(withoutIndentation(written));
  const elements = elementsOf(html);
  const bound = page === NOT_FOUND ? urlsBoundToPath(elements) : [];
  if (bound.length > 0) {
    throw toldAsWritten(
      logger,
      `${NOT_FOUND} is served at any depth, so it must hold all it needs, but it refers to\n  ${bound.join('\n  ')}\nInline these in its page.`,
    );
  }
  const edits = page === NOT_FOUND ? [] : [...relocation(elements, page), ...breakNames(html, elements)];
  const policy = pagePolicy(elements, { scripts });
  return {
    html: splice(html, policy.ok ? [...edits, policy.edit] : edits),
    faults: policy.ok ? [] : policy.faults.map((fault) => `${page}: ${fault}`),
    links: page === NOT_FOUND ? undefined : linksOf(elements, page),
  };
}

/** `frameScript` gives the hash of the sandbox frame's script, as `sha256-…` without quotes. */
export function finishPages(frameScript?: () => Promise<string>): AstroIntegration {
  let project = '';
  return {
    name: 'finish-pages',
    hooks: {
      'astro:config:done': ({ config }) => {
        project = fileURLToPath(config.root);
      },
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const scripts = frameScript ? [`'${await frameScript()}'`] : [];
        const faults: string[] = [];
        const links: PageLinks[] = [];
        for (const page of await pagesIn(root)) {
          const file = path.join(root, page);
          const finished = finish(await readFile(file, 'utf8'), page, scripts, logger);
          await writeFile(file, finished.html);
          faults.push(...finished.faults);
          if (finished.links) links.push(finished.links);
        }
        if (faults.length > 0)
          throw toldAsWritten(logger, `The policy of these pages cannot be strict:\n  ${faults.join('\n  ')}`);
        const dead = deadLinks(
          links,
          (name) => existsSync(path.join(root, name)),
          (page, target) => sourceLine(project, page, target),
        );
        if (dead.length === 0) return;
        throw toldAsWritten(
          logger,
          `The built pages have dead links or ids twice:\n\n${dead.join('\n')}`,
          'Where no line of content/ is named, a layout or a component made them.',
        );
      },
    },
  };
}
