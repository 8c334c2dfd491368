/** The frontmatter of a chapter out of a notebook: its own where the notebook came from a chapter, else what can be known. */
import { parse, stringify } from 'yaml';
import { frontmatterSchema, type Frontmatter } from '../../chapters/frontmatter.ts';
import { isFields, type ReadNotebook } from './read-notebook.ts';
import type { Tell } from './remark.ts';

export interface Known {
  readonly title: string;
  readonly summary: string | undefined;
  readonly order: number;
  readonly module: number | undefined;
  /** `2026-11-30` */
  readonly today: string;
}

const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

function ownFrontmatter(notebook: ReadNotebook): Frontmatter | undefined {
  const course = notebook.metadata['course'];
  const text = isFields(course) ? course['frontmatter'] : undefined;
  if (typeof text !== 'string' || text.length > 20_000) return undefined;
  try {
    const read = frontmatterSchema.safeParse(parse(text.replace(/^---\n|\n---\s*$/g, '')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** `anchors` are those of the chapter: aliases for others would be faults. */
export function frontmatterOf(notebook: ReadNotebook, known: Known, anchors: ReadonlySet<string>, tell: Tell): string {
  const own = ownFrontmatter(notebook);
  const place = { order: known.order, ...(known.module !== undefined && { module: known.module }) };
  if (own === undefined) {
    if (known.summary === undefined) tell('no paragraph says what it is about', 'Write the summary in index.mdx.');
    tell(
      'nothing says what a reader can do afterwards',
      'Write the outcomes in index.mdx: what stands there is only the title.',
    );
    return stringify({
      title: shortened(known.title, 100),
      summary: shortened(known.summary ?? known.title, 300),
      ...place,
      outcomes: [`Follow the notebook “${shortened(known.title, 100)}”`],
      updated: known.today,
    });
  }
  const { title, summary, outcomes, covers, aliases, updated } = own;
  if (covers.length > 0)
    tell(
      `the syllabus’s entries ${covers.join(', ')} are left out`,
      'Write covers: again, and the places in content/syllabus.yaml.',
    );
  const found = aliases.filter(
    (alias) => typeof alias === 'string' || Object.keys(alias).every((anchor) => anchors.has(anchor)),
  );
  if (found.length < aliases.length)
    tell('aliases of sections that are gone are left out', 'Write them again in index.mdx.');
  return stringify({
    title,
    summary,
    ...place,
    outcomes,
    ...(found.length > 0 && { aliases: found }),
    updated: updated.toISOString().slice(0, 10),
  });
}
