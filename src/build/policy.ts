/** Astro integration: every built page carries its strict Content Security Policy as a meta tag; runs after all that writes pages. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { applyPolicy } from './page-policy.ts';
import { rewritePages } from './pages.ts';
import { toldAsWritten } from './told-as-written.ts';

/** `frameScript` gives the hash of the sandbox frame's script, as `sha256-…` without quotes. */
export function policy(frameScript?: () => Promise<string>): AstroIntegration {
  return {
    name: 'policy',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const scripts = frameScript ? [`'${await frameScript()}'`] : [];
        const faults: string[] = [];
        await rewritePages(fileURLToPath(dir), (html, page) => {
          const result = applyPolicy(html, { scripts });
          if (result.ok) return result.html;
          faults.push(...result.faults.map((fault) => `${page}: ${fault}`));
          return html;
        });
        if (faults.length === 0) return;
        throw toldAsWritten(logger, `The policy of these pages cannot be strict:\n  ${faults.join('\n  ')}`);
      },
    },
  };
}
