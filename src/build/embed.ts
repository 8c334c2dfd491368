/**
 * Astro integration: the script that pages of other sites load. Its name has no hash: it stands in their pages, and is the
 * same address in each later build.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { bundleClassic } from '../kernel/build/bundle.ts';

export const embed = (): AstroIntegration => ({
  name: 'embed',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      await mkdir(new URL('embed/', dir), { recursive: true });
      const script = await bundleClassic(new URL('../island/embed/v1.ts', import.meta.url));
      await writeFile(new URL('embed/v1.js', dir), script);
    },
  },
});
