/**
 * Astro integration: takes out a directive that Astro (7.3) writes into a module for each chapter and that nothing reads, so
 * that the bundler does not warn, once for each chapter, that it may not keep it.
 */
import type { AstroIntegration } from 'astro';

const directive = '"use astro:head-inject";';

export function unreadDirective(): AstroIntegration {
  return {
    name: 'unread-directive',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        if (command !== 'build') return;
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'unread-directive',
                enforce: 'post',
                transform: {
                  filter: { id: /[?&]astroPropagatedAssets(?:[&=]|$)/ },
                  // As many blanks, so that no place in the module moves.
                  handler: (code: string) =>
                    code.includes(directive) ? { code: code.replace(directive, ' '.repeat(directive.length)) } : null,
                },
              },
            ],
          },
        });
      },
    },
  };
}
