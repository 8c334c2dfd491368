/** The one collection: chapters, by slug, with the strict frontmatter that `npm run check` knows too. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { frontmatterSchema } from './chapters/frontmatter.ts';
import { folderParts } from './chapters/read-chapters.ts';

const chapters = defineCollection({
  loader: glob({
    base: './content',
    pattern: '*/index.mdx',
    generateId: ({ entry }) => {
      const [folder = ''] = entry.split('/');
      return folderParts(folder)?.slug ?? folder;
    },
  }),
  schema: frontmatterSchema,
});

export const collections = { chapters };
