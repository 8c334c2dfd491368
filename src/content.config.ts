/** The collections of the site. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const chapters = defineCollection({
  loader: glob({ base: './content', pattern: '*/index.mdx', generateId: ({ entry }) => entry.replace(/^\d+-|\/index\.mdx$/g, '') }),
  schema: z.object({
    title: z.string(),
    summary: z.string(),
    order: z.number(),
    module: z.number(),
    outcomes: z.array(z.string()),
    covers: z.array(z.string()),
    aliases: z.array(z.string()),
    updated: z.coerce.date(),
  }),
});

export const collections = { chapters };
