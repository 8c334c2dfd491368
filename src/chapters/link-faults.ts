/** Links and images of chapters lead to what exists: chapters, their anchors, other pages, files. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Chapter, PlacedUrl } from './chapter.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { isScript } from './forbidden.ts';
import { hasPage, ownPages } from './own-pages.ts';
import { didYouMean } from './suggest.ts';

/** What a link may lead to, besides files in `public/`. */
export interface Targets {
  readonly root: string;
  readonly chapters: ReadonlyMap<string, Chapter>;
  /** Addresses of the pages that are no chapters, such as `/` and `/glossary/`. */
  readonly pages: ReadonlySet<string>;
  /** Anchors of those among them that are made of the course, by address. */
  readonly anchors: ReadonlyMap<string, PageAnchors>;
}

export interface PageAnchors {
  /** What a fault calls the page. */
  readonly name: string;
  readonly ids: () => ReadonlySet<string>;
}

/** The address of every page in `src/pages` whose file name says it; those made from data have brackets, and are there with their data. */
function staticPages(root: string): Set<string> {
  const folder = join(root, 'src/pages');
  const pages = new Set(['/', ...ownPages.filter((page) => hasPage(root, page)).map((page) => `/${page}/`)]);
  if (!existsSync(folder)) return pages;
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const name = /^([^[\]]+)\.(?:astro|mdx?)$/.exec(entry.replaceAll('\\', '/'))?.[1];
    if (name !== undefined) pages.add(`/${name.replace(/(?:^|\/)index$/, '')}/`.replace('//', '/'));
  }
  return pages;
}

/** Folders of the built site: a page of the same address would be mixed with their files. */
const ofTheSite: ReadonlySet<string> = new Set(['check', 'pagefind', 'runtime', 'take-away', ...ownPages]);

/** A chapter at an address that the site has itself would be lost behind it. */
export function addressFaults(chapters: readonly Chapter[], { pages }: Targets): ContentFault[] {
  return chapters
    .filter(({ slug }) => ofTheSite.has(slug) || pages.has(`/${slug}/`))
    .map(({ file, slug }) =>
      contentFault(
        { file, line: 1 },
        `the address /${slug}/ is the site’s own`,
        'Rename the folder: its name behind the number is the address.',
      ),
    );
}

export function linkTargets(
  root: string,
  chapters: readonly Chapter[],
  anchors: ReadonlyMap<string, PageAnchors> = new Map(),
): Targets {
  const bySlug = new Map(chapters.map((chapter) => [chapter.slug, chapter]));
  return { root, chapters: bySlug, pages: staticPages(root), anchors };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What is wrong with one link, and its mend; undefined when it leads somewhere. */
function judgeLink(from: Chapter, url: string, targets: Targets): readonly [string, string] | undefined {
  if (isScript(url)) return [`the link ${url} is a script`, 'The page’s policy allows no such address: leave it out.'];
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) return undefined;
  const { pathname, hash } = new URL(url, `http://course.invalid/${from.slug}/`);
  const path = decoded(pathname);
  const anchor = decoded(hash.slice(1));
  const slug = /^\/([^/]+)\/$/.exec(path)?.[1];
  const chapter = slug === undefined ? undefined : targets.chapters.get(slug);
  if (chapter === undefined) {
    const page = targets.pages.has(path) ? targets.anchors.get(path) : undefined;
    if (page !== undefined && anchor !== '' && !page.ids().has(anchor))
      return [
        `the link ${url} leads to no anchor of ${page.name}`,
        didYouMean(anchor, [...page.ids()]).trim() || 'Name an anchor of that page, or leave the part from # on out.',
      ];
    if (targets.pages.has(path) || existsSync(join(targets.root, 'public', path))) return undefined;
    const slashed = `${path}/`;
    if (targets.pages.has(slashed) || targets.chapters.has(path.slice(1))) {
      return [`the link ${url} lacks the slash at the end of its path`, `Write ${slashed}${hash}.`];
    }
    const known = [...targets.chapters.keys()].map((name) => `/${name}/`);
    return [
      `the link ${url} leads nowhere`,
      `${didYouMean(path, known)}Chapters are at /slug/, their sections at /slug/#anchor.`,
    ];
  }
  if (anchor === '' || !chapter.parsed || chapter.anchors.has(anchor)) return undefined;
  return [
    `the link ${url} leads to no anchor of ${chapter.file}`,
    `${didYouMean(anchor, [...chapter.anchors])}Anchors are ids of headings ({#id}) and of cells (id=).`,
  ];
}

function judgeImage(from: Chapter, { url }: PlacedUrl, root: string): readonly [string, string] | undefined {
  if (/^data:/i.test(url)) return undefined;
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) {
    return [
      `the image ${url} is on another host`,
      'Pages load nothing from elsewhere: put the file beside the chapter.',
    ];
  }
  const [path = ''] = decoded(url).split(/[?#]/);
  const file = path.startsWith('/') ? join(root, 'public', path) : join(root, 'content', from.folder, path);
  if (existsSync(file)) return undefined;
  return [
    `the image ${url} does not exist`,
    'Relative paths start at the chapter’s folder, those with a slash at public/.',
  ];
}

export function linkFaults(chapter: Chapter, targets: Targets): ContentFault[] {
  const faults: ContentFault[] = [];
  const add = (line: number, judged: readonly [string, string] | undefined): void => {
    if (judged !== undefined) faults.push(contentFault({ file: chapter.file, line }, ...judged));
  };
  for (const { url, line } of chapter.links) add(line, judgeLink(chapter, url, targets));
  for (const image of chapter.images) add(image.line, judgeImage(chapter, image, targets.root));
  return faults;
}
