/** Astro integration: a folder of files that a build of our own makes, in the output and the same in `astro dev`. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  // Gzip as bytes, not as a content encoding: the page inflates it, on every host alike.
  '.gz': 'application/octet-stream',
};

/** `build` fills the folder that it is given; a change in `room` of `src` makes it run again while authors write. */
export function servedFolder(
  name: string,
  room: string,
  build: (outDir: string) => Promise<unknown>,
): AstroIntegration {
  const devFolder = `.cache/${name}-dev`;
  return {
    name,
    hooks: {
      'astro:server:setup': ({ server }) => {
        let built: Promise<unknown> | undefined;
        server.watcher.on('change', (file) => {
          if (file.includes(`${path.sep}${room}${path.sep}`)) built = undefined;
        });
        server.middlewares.use(`/${name}`, (request, response, next) => {
          const file = path.basename(new URL(request.url ?? '/', 'http://localhost').pathname);
          const found = path.join(devFolder, file);
          built ??= build(devFolder);
          built
            .then(() => stat(found))
            .then(
              ({ size }) => {
                response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
                response.setHeader('content-length', size);
                response.setHeader('cache-control', 'no-store');
                createReadStream(found).pipe(response);
              },
              (error: unknown) => {
                built = undefined;
                next(error);
              },
            );
        });
      },
      'astro:build:done': async ({ dir }) => {
        await build(path.join(fileURLToPath(dir), name));
      },
    },
  };
}
