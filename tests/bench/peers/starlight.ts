/** Starlight with the first chapter's text, and with the made-up course: a documentation site on the same generator. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../browser/support/chromium.ts';
import { project } from '../../browser/support/project-copy.ts';
import { makeUpChapter, type MadeUpChapter } from '../course.ts';
import { fromNpm, run, told } from './install.ts';
import type { Peer } from './peer.ts';
import { query } from './program.ts';
import { serve } from './serve.ts';
import { npmVersions } from './versions.ts';

const config = `import { defineConfig, passthroughImageService } from 'astro/config';
import starlight from '@astrojs/starlight';
export default defineConfig({
  integrations: [starlight({ title: 'Course', sidebar: [{ label: 'Chapters', items: [{ autogenerate: { directory: 'chapters' } }] }] })],
  image: { service: passthroughImageService() },
});
`;
const collections = `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`;

const page = (title: string, text: string): string => `---\ntitle: ${JSON.stringify(title)}\n---\n\n${text}`;

/** A chapter of ours in plain Markdown: its prose, headings and code; components lose their tags and keep their text. */
function plainMarkdown(mdx: string): string {
  const [, head = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(mdx) ?? [];
  const title = /^title: "?(.*?)"?$/m.exec(head)?.[1] ?? '';
  const text = body
    .split(/(^```.*?^```$)/ms)
    .map((part) =>
      part.startsWith('```')
        ? part.replace(/^```(\S*).*$/m, '```$1')
        : part
            .replaceAll(/^import .*$/gm, '')
            .replaceAll(/ ?\{#[\w-]+\}$/gm, '')
            .replaceAll(/<\/?[A-Z][^>]*>/g, ''),
    )
    .join('');
  return page(title, text);
}

function madeUpMarkdown({ title, summary, sections }: MadeUpChapter): string {
  const blocks = sections.flatMap(({ title, blocks }) => [
    `## ${title}`,
    ...blocks.map((block) =>
      typeof block === 'string' ? block : `**${block.title}**\n\n\`\`\`python\n${block.source}\n\`\`\``,
    ),
  ]);
  return page(title, [summary, ...blocks].join('\n\n'));
}

/** Builds a site of these chapters, by their names, and returns its folder with the seconds that it took. */
function build(root: string, chapters: Readonly<Record<string, string>>): { folder: string; seconds: number } {
  const [docs, folder] = [path.join(root, 'src/content/docs'), path.join(root, 'dist')];
  for (const old of [docs, folder, path.join(root, '.astro')]) rmSync(old, { recursive: true, force: true });
  mkdirSync(path.join(docs, 'chapters'), { recursive: true });
  writeFileSync(path.join(root, 'astro.config.mjs'), config);
  writeFileSync(path.join(root, 'src/content.config.ts'), collections);
  writeFileSync(path.join(docs, 'index.md'), page('Course', 'A course.'));
  for (const [name, text] of Object.entries(chapters)) writeFileSync(path.join(docs, `chapters/${name}.md`), text);
  const start = performance.now();
  run(process.execPath, [path.join(root, 'node_modules/astro/bin/astro.mjs'), 'build'], root);
  return { folder, seconds: (performance.now() - start) / 1000 };
}

async function indexBytes(page: Page, home: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const isCode = /\.(?:js|css)$|\/wasm\./.test(pathname);
    if (pathname.includes('/pagefind/') && !isCode) sizes.push(response.body().then(({ byteLength }) => byteLength));
  });
  await page.goto(home, { waitUntil: 'networkidle' });
  await page.keyboard.press('Control+k');
  await page.locator('.pagefind-ui__search-input').fill(query);
  await page.locator('.pagefind-ui__result-link').first().waitFor();
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}

export const starlight: Peer = {
  name: 'Starlight',
  async prepare() {
    const root = fromNpm('starlight', npmVersions.starlight);
    const first = readFileSync(path.join(project, 'content/01-concurrency-vs-parallelism/index.mdx'), 'utf8');
    const { folder } = build(root, { first: plainMarkdown(first) });
    const kept = path.join(root, 'first-chapter');
    rmSync(kept, { recursive: true, force: true });
    run('cp', ['-r', folder, kept], root);
    const site = await serve({ '/': kept });
    return {
      versions: told(npmVersions.starlight),
      chapter: site.url('chapters/first/'),
      async course(chapters) {
        const texts: Record<string, string> = {};
        for (let number = 1; number <= chapters; number++)
          texts[`chapter-${number}`] = madeUpMarkdown(makeUpChapter(number));
        const { folder, seconds } = build(root, texts);
        await using built = await serve({ '/': folder });
        await using browser = await launchChromium();
        return { seconds, indexBytes: await indexBytes(await browser.newPage(), built.home) };
      },
      [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
    };
  },
};
