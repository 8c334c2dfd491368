/** Astro integration: the course as notebooks and Python files, in the output and the same, made when asked for, in `astro dev`. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { takeAwayFile, writeTakeAway } from '../notebooks/export/take-away.ts';

/** `address` is where the site is served, with a slash at its end. It must stand before what looks for dead links. */
export function takeAway(address: string | undefined): AstroIntegration {
  let root = '';
  return {
    name: 'take-away',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = path.resolve(fileURLToPath(config.root));
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const { pathname } = new URL(request.url ?? '/', 'http://localhost');
          const bytes = /\.(?:ipynb|zip)$/.test(pathname) ? takeAwayFile(root, pathname.slice(1)) : undefined;
          if (bytes === undefined) {
            next();
            return;
          }
          response.setHeader('content-type', 'application/octet-stream');
          response.setHeader('cache-control', 'no-store');
          response.end(bytes);
        });
      },
      'astro:build:done': ({ dir }) => {
        writeTakeAway(root, fileURLToPath(dir), address);
      },
    },
  };
}
