/** Vite plugin: `virtual:exercises`, the ids of each chapter's exercises, from the chapters that the build has read already. */
import type { AstroConfig } from 'astro';
import type { Chapter } from '../chapters/chapter.ts';

type Plugin = Extract<NonNullable<AstroConfig['vite']['plugins']>[number], { readonly name: string }>;

const name = 'virtual:exercises';

export function exerciseIds(chapters: () => readonly Chapter[]): Plugin {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => {
      if (id !== `\0${name}`) return undefined;
      const ids = chapters().map(({ slug, exercises }) => [slug, exercises.map(({ exercise }) => exercise.id)]);
      return `export default ${JSON.stringify(Object.fromEntries(ids))}`;
    },
  };
}
