/**
 * Astro integration: the output has no URL that names where it is served. The base is always `/` while building, what
 * the bundler writes into scripts and styles is relative, and `finishPages` makes the URLs of pages relative.
 */
import type { AstroIntegration } from 'astro';

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
    },
  };
}
