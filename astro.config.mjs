/** Astro's settings: one static build whose addresses all start at `/`, made relative at the end by `src/build`. */
import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import { checkContent } from './src/build/check-content.ts';
import { exercises } from './src/build/exercises.ts';
import { checker } from './src/build/checker.ts';
import { embed } from './src/build/embed.ts';
import { finishPages } from './src/build/finish-pages.ts';
import { fromDisk } from './src/build/from-disk.ts';
import { fences } from './src/build/fences.ts';
import { leaveOut } from './src/build/leave-out.ts';
import { offline } from './src/build/offline.ts';
import { options } from './src/build/options.ts';
import { plainFences } from './src/build/plain-fences.ts';
import { relocatable } from './src/build/relocatable.ts';
import { runtime } from './src/build/runtime.ts';
import { searchIndex } from './src/build/search-index.ts';
import { takeAway } from './src/build/take-away.ts';
import { unreadDirective } from './src/build/unread-directive.ts';
import { markdownFeatures } from './src/chapters/markdown.ts';
import { frameScriptHash } from './src/kernel/build/frame-document.ts';
import { siteConfig } from './site.config.ts';

/** Other rooms add to these: Markdown visitors (fences), and integrations (runtime assets, relocation, policy, search). */
const writing = process.argv.includes('dev');
const mdastPlugins = [...(writing ? [leaveOut] : []), exercises, fences, plainFences, options];
// Content is checked before anything is built. In this order at the end of a build: pages are indexed, then finished.
const integrations = [
  checkContent(),
  unreadDirective(),
  mdx(),
  runtime(),
  checker(),
  fromDisk(),
  embed(),
  searchIndex(),
  takeAway(siteConfig.address),
  relocatable(),
  finishPages(frameScriptHash),
  // Lists all that the others wrote.
  offline(),
];

/** One request for what the page, its dialogs, editor and exercises share of what a reader has kept. */
const kept = /\/island\/(?:kept\/(?:keys|progress|saved-edit|show)|shown-edit|stale)\.ts$/;
/** Each page names all files that its first press loads: six characters tell one version of a file from the next, too. */
const chunkFileNames = '_astro/[name].[hash:6].js';
/** A few lines each, which most of what is loaded later needs: fewer names in each page. */
const make = /\/island\/(?:make|save-file|tab-stops?)\.ts$/;
const codeSplitting = {
  groups: [
    { name: 'kept', test: kept },
    { name: 'make', test: make },
  ],
};
const client = { build: { rolldownOptions: { output: { chunkFileNames, codeSplitting } } } };

export default defineConfig({
  ...(siteConfig.address === undefined ? {} : { site: siteConfig.address }),
  outDir: process.env['OUT_DIR'] ?? 'dist',
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'never' },
  // The policy of the page allows no inline styles: plain fences are highlighted with classes, not by Astro's Shiki.
  markdown: { syntaxHighlight: false, processor: satteri({ mdastPlugins, features: markdownFeatures }) },
  integrations,
  devToolbar: { enabled: false },
  server: { port: 4321 },
  vite: { build: { assetsInlineLimit: 0 }, environments: { client } },
});
