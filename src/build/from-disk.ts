/** Astro integration: the script of pages that are opened from a disk, where browsers load no module. */
import { writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { bundleClassic } from '../kernel/build/bundle.ts';

export const fromDisk = (): AstroIntegration => ({
  name: 'from-disk',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      const script = await bundleClassic(new URL('../site/disk/from-disk.ts', import.meta.url));
      await writeFile(new URL('from-disk.js', dir), script);
    },
  },
});
