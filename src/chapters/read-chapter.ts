/** Reads the text of one chapter: everything the course needs from it, and every fault that shows without other files. */
import type { Chapter } from './chapter.ts';
import { Collector } from './collector.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { aliasesBySection, readFrontmatter, type Frontmatter } from './frontmatter.ts';
import type { GlossaryEntry } from './glossary.ts';
import { parseMdx, walk } from './markdown.ts';
import { didYouMean } from './suggest.ts';
import { unclosedFence, unclosedFrontmatter } from './unclosed.ts';

interface Place {
  readonly folder: string;
  readonly slug: string;
  readonly file: string;
}

/** An alias for a section that is not there would be found nowhere. */
function lostAliases(file: string, text: string, front: Frontmatter, anchors: ReadonlySet<string>): ContentFault[] {
  const lines = text.split('\n');
  return [...aliasesBySection(front.aliases).keys()]
    .filter((section) => section !== '' && !anchors.has(section))
    .map((section) =>
      contentFault(
        { file, line: lines.findIndex((line) => line.includes(`${section}:`)) + 1 },
        `frontmatter: aliases: nothing here has the anchor “${section}”`,
        `${didYouMean(section, [...anchors])}Name the anchor of a heading, or the id of a cell or exercise.`,
      ),
    );
}

type Head = ReturnType<typeof readFrontmatter>;

/** Of a file of which nothing more is known than `faults`. */
function unread(place: Place, faults: readonly ContentFault[]): Chapter {
  const none = { cells: [], exercises: [], headings: [], links: [], images: [], imports: [], apiNames: [] };
  const ids = { cellIds: new Set<string>(), exerciseIds: new Set<string>(), anchors: new Set<string>() };
  return { ...place, frontmatter: undefined, ...none, ...ids, parsed: false, faults };
}

/** Terms are checked against the glossary when it is given. */
export function readChapter(place: Place, typed: string, glossary?: readonly GlossaryEntry[]): Chapter {
  const text = typed.replace(/^\uFEFF/, '');
  const marked = contentFault(
    { file: place.file, line: 1 },
    'the file begins with a byte order mark',
    'Save it as UTF-8 without one (“UTF-8”, not “UTF-8 with BOM”).',
  );
  const first = text === typed ? [] : [marked];
  const yaml = /^---\r?\n(.*?)^---\s*$/ms.exec(text)?.[1];
  const open = unclosedFrontmatter(place.file, text, yaml);
  if (open !== undefined) return unread(place, [...first, open]);
  const head = readFrontmatter(place.file, text.startsWith('---') ? yaml : undefined);
  return readBody(place, text, { ...head, faults: [...first, ...head.faults] }, glossary);
}

/** The page for readers and teachers: a chapter without frontmatter. */
export function readGuide(file: string, text: string, glossary: readonly GlossaryEntry[]): Chapter {
  const guide = readBody({ folder: '', slug: 'guide', file }, text, { frontmatter: undefined, faults: [] }, glossary);
  const stray = (line: number): ContentFault =>
    contentFault({ file, line }, 'an exercise outside a chapter', 'Move it to content/NN-slug/index.mdx.');
  return { ...guide, faults: [...guide.faults, ...guide.exercises.map(({ line }) => stray(line))] };
}

function readBody(place: Place, text: string, head: Head, glossary: readonly GlossaryEntry[] | undefined): Chapter {
  const swallowing = unclosedFence(place.file, text);
  if (swallowing !== undefined) {
    return { ...unread(place, [...head.faults, swallowing]), frontmatter: head.frontmatter };
  }
  const found = new Collector(place.file, text, glossary);
  const parsed = parseMdx(place.file, text);
  if (parsed.ok) {
    walk(parsed.tree, (node) => {
      found.visit(node);
    });
  }
  const anchors = new Set(found.anchors.keys());
  if (parsed.ok && head.frontmatter) found.faults.push(...lostAliases(place.file, text, head.frontmatter, anchors));
  return {
    ...place,
    frontmatter: head.frontmatter,
    cells: found.cells,
    cellIds: found.cellIds,
    exercises: found.exercises,
    exerciseIds: found.exerciseIds,
    headings: found.headings,
    links: found.links,
    images: found.images,
    imports: found.imports,
    apiNames: found.apiNames,
    anchors,
    parsed: parsed.ok,
    faults: [...head.faults, ...(parsed.ok ? [] : [parsed.fault]), ...found.faults],
  };
}
