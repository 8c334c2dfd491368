/** A sample of the course as the playground opens it: with all that it continues, as one text. */
import type { CellMode } from '../../protocol/cell.ts';
import type { Conditions } from './conditions.ts';
import { nameFault } from './file-names.ts';
import type { Shared } from './link.ts';
import { programName } from './workspace.ts';

export interface Sample {
  readonly id: string;
  /** What it is called. */
  readonly words: string;
  readonly source: string;
  readonly mode: CellMode;
  readonly name?: string;
  /** Id of the one that it continues, of the same chapter. */
  readonly after?: string;
  readonly conditions?: Conditions;
}

/** As src/pages/samples.json.ts writes it. */
export interface SampleChapter {
  readonly title: string;
  readonly cells: readonly Sample[];
}

/** The sources of cells, in their order, as one text. */
export const joined = (sources: readonly string[]): string =>
  sources.map((source) => source.replace(/\n*$/, '\n')).join('\n\n');

export function sharedSample({ cells }: SampleChapter, sample: Sample): Shared {
  const sources: string[] = [];
  for (let next: Sample | undefined = sample; next;) {
    sources.unshift(next.source);
    const { after }: Sample = next;
    next = cells.find(({ id }) => id === after);
  }
  const { mode, name = programName, conditions } = sample;
  const file = { name: nameFault(name) === undefined ? name : programName, text: joined(sources) };
  return { mode, files: [file], ...(conditions && { conditions }) };
}
