/** A chapter as the build, the check and the recorder see it: data read from one `index.mdx`, with the line of each thing. */
import type { Cell } from '../protocol/cell.ts';
import type { Exercise } from '../protocol/exercise.ts';
import type { ContentFault } from './content-fault.ts';
import type { Frontmatter } from './frontmatter.ts';

export interface PlacedCell {
  readonly cell: Cell;
  readonly line: number;
}

export interface PlacedExercise {
  readonly exercise: Exercise;
  readonly line: number;
}

export interface Heading {
  readonly id: string;
  readonly depth: number;
  readonly text: string;
  readonly line: number;
}

export interface PlacedUrl {
  readonly url: string;
  readonly line: number;
}

export interface PlacedName {
  readonly name: string;
  readonly line: number;
}

export interface Chapter {
  /** Folder below `content/`, for example `02-iterators-and-generators`. */
  readonly folder: string;
  /** The folder without its number: the chapter's address and the namespace of its cells. */
  readonly slug: string;
  /** The MDX file, relative to the project's root. */
  readonly file: string;
  /** Absent when it has faults. */
  readonly frontmatter: Frontmatter | undefined;
  /** In document order; those with faults are left out. */
  readonly cells: readonly PlacedCell[];
  /** Ids of all cells, those with faults too: their snapshots are not orphans. */
  readonly cellIds: ReadonlySet<string>;
  /** In document order; those with faults are left out. */
  readonly exercises: readonly PlacedExercise[];
  /** Ids of all exercises, those with faults too: their verdicts are not orphans. */
  readonly exerciseIds: ReadonlySet<string>;
  readonly headings: readonly Heading[];
  readonly links: readonly PlacedUrl[];
  readonly images: readonly PlacedUrl[];
  /** What its import lines name. */
  readonly imports: readonly PlacedUrl[];
  /** Names that the prose links to their documentation, by `<Api>`. */
  readonly apiNames: readonly PlacedName[];
  /** Every id that a link may name: headings, cells, exercises, and elements with a literal `id`. */
  readonly anchors: ReadonlySet<string>;
  /** False when the MDX could not be parsed: nothing is known about its cells and anchors. */
  readonly parsed: boolean;
  readonly faults: readonly ContentFault[];
}
