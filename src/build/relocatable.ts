/**
 * Astro integration: the output has no URL that names where it is served. The base is always `/` while building, what
 * the bundler writes into scripts and styles is relative, and a pass over the pages makes their URLs relative.
 */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { linkStylesLate } from './late-styles.ts';
import { NOT_FOUND, rewritePages } from './pages.ts';
import { toldAsWritten } from './told-as-written.ts';
import { relocate, urlsBoundToPath } from './relocate.ts';

export function relocatable(): AstroIntegration {
  return {
    name: 'relocatable',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig, logger }) => {
        if (command !== 'build') return;
        if (config.base !== '/') logger.info(`base ${config.base} is ignored: the output runs at any path`);
        updateConfig({
          base: '/',
          vite: {
            // An asset inlined in one place and linked in another would be neither cached nor covered by the policy.
            build: { assetsInlineLimit: 0 },
            experimental: {
              renderBuiltUrl: (_file: string, { hostType }: { readonly hostType: string }) =>
                hostType === 'js' || hostType === 'css' ? { relative: true } : undefined,
            },
          },
        });
      },
      'astro:build:done': async ({ dir, logger }) => {
        await rewritePages(fileURLToPath(dir), (html, page) => {
          if (page !== NOT_FOUND) return relocate(linkStylesLate(html), page);
          const bound = urlsBoundToPath(html);
          if (bound.length > 0) {
            throw toldAsWritten(
              logger,
              `${NOT_FOUND} is served at any depth, so it must hold all it needs, but it refers to\n  ${bound.join('\n  ')}\nInline these in its page.`,
            );
          }
          return html;
        });
      },
    },
  };
}
