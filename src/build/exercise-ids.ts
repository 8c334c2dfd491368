/** Vite plugin: `virtual:exercises`, the ids of each chapter's exercises, from the chapters that the build has read already. */
import path from 'node:path';
import type { AstroConfig } from 'astro';
import type { Chapter } from '../chapters/chapter.ts';

type Plugin = Extract<NonNullable<AstroConfig['vite']['plugins']>[number], { readonly name: string }>;

const name = 'virtual:exercises';

/** `root` is the project's root: while authors write, a chapter that is saved makes the module anew. */
export function exerciseIds(chapters: () => readonly Chapter[], root: string): Plugin {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const read = chapters();
      for (const { file } of read) this.addWatchFile(path.join(root, file));
      const ids = read.map(({ slug, exercises }) => [slug, exercises.map(({ exercise }) => exercise.id)]);
      return `export default ${JSON.stringify(Object.fromEntries(ids))}`;
    },
  };
}
