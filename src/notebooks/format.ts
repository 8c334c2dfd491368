/**
 * Jupyter's notebook format, nbformat 4.5, as far as this course writes it, and the one text that a notebook has.
 *
 * Invariant: the text depends on the notebook alone, and is what Jupyter's own nbformat would write: keys sorted, one space.
 */

/** What a cell or an output says of itself; `course` is ours, and docs/notebooks.md says what is in it. */
export type Metadata = Readonly<Record<string, unknown>>;

interface MarkdownCell {
  readonly cell_type: 'markdown';
  readonly id: string;
  readonly metadata: Metadata;
  readonly source: string;
}

export type NotebookOutput =
  | { readonly output_type: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly output_type: 'execute_result';
      readonly data: { readonly 'text/plain': string };
      readonly metadata: Metadata;
      readonly execution_count: number;
    }
  | {
      readonly output_type: 'display_data';
      readonly data: { readonly 'text/plain': string };
      readonly metadata: Metadata;
    }
  | {
      readonly output_type: 'error';
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

export interface CodeCell {
  readonly cell_type: 'code';
  readonly id: string;
  readonly metadata: Metadata;
  readonly source: string;
  readonly execution_count: number | null;
  readonly outputs: readonly NotebookOutput[];
}

export type NotebookCell = MarkdownCell | CodeCell;

export interface Notebook {
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
  readonly metadata: Metadata;
  readonly cells: readonly NotebookCell[];
}

/** A text as nbformat keeps it on disk: a list of its lines, each with its end. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Texts that nbformat keeps as lines, outside of what a notebook says of itself. */
const inLines: ReadonlySet<string> = new Set(['source', 'text', 'text/plain']);

function sorted(value: unknown, key = '', ofMetadata = false): unknown {
  if (typeof value === 'string') return !ofMetadata && inLines.has(key) ? linesOf(value) : value;
  if (Array.isArray(value)) return value.map((item) => sorted(item, '', ofMetadata));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    entries
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item, name, ofMetadata || name === 'metadata')]),
  );
}

export const notebookText = (notebook: Notebook): string => `${JSON.stringify(sorted(notebook), null, 1)}\n`;
