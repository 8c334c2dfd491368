/** Astro integration: the files that Python in the page boots from, in `runtime/` of the output, and the same in `astro dev`. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { buildRuntime } from '../kernel/build/build-runtime.ts';

const FOLDER = 'runtime';
/** Beside what the kernel's build keeps; the dev server serves it. */
const DEV_FOLDER = '.cache/runtime-dev';

const TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  // Gzip as bytes, not as a content encoding: the page inflates it, on every host alike.
  '.gz': 'application/octet-stream',
};

export function runtime(): AstroIntegration {
  return {
    name: 'runtime',
    hooks: {
      'astro:server:setup': ({ server }) => {
        let built: Promise<unknown> | undefined;
        server.watcher.on('change', (file) => {
          if (file.includes(`${path.sep}kernel${path.sep}`)) built = undefined;
        });
        server.middlewares.use(`/${FOLDER}`, (request, response, next) => {
          const name = path.basename(new URL(request.url ?? '/', 'http://localhost').pathname);
          const file = path.join(DEV_FOLDER, name);
          built ??= buildRuntime(DEV_FOLDER);
          built
            .then(() => stat(file))
            .then(
              (found) => {
                response.setHeader('content-type', TYPES[path.extname(name)] ?? 'application/octet-stream');
                response.setHeader('content-length', found.size);
                response.setHeader('cache-control', 'no-store');
                createReadStream(file).pipe(response);
              },
              (error: unknown) => {
                built = undefined;
                next(error);
              },
            );
        });
      },
      'astro:build:done': async ({ dir }) => {
        await buildRuntime(path.join(fileURLToPath(dir), FOLDER));
      },
    },
  };
}
