/** What an author wrote, completed with the defaults: the one place that knows them. */
import type { CellOptions, CompareRule } from '../protocol/cell.ts';
import { packagesImported } from './needs/package-needs.ts';
import type { OptionValues } from './read-options.ts';

/** Seconds of wall time; the longest of the course's plain samples takes twenty. */
const defaultTimeout = 60;

function compareRule({ compare = 'exact', band, shape }: OptionValues): CompareRule {
  switch (compare) {
    case 'band':
      if (band === undefined) throw new TypeError('compare=band without band= passed the check');
      return { kind: 'band', ...band };
    case 'shape':
      if (shape === undefined) throw new TypeError('compare=shape without shape= passed the check');
      return { kind: 'shape', pattern: shape };
    default:
      return { kind: compare };
  }
}

/**
 * `values` without contradictions. Absent options stay absent, so that the JSON of a cell is canonical. Without `packages=`
 * they are those that `source` imports; a native cell has what its interpreter has.
 */
export function toOptions(values: OptionValues, source: string): CellOptions {
  const { name, title, after, native, schedule, stdin } = values;
  return {
    mode: values.script === true ? 'script' : 'notebook',
    ...(name !== undefined && { name }),
    ...(title !== undefined && { title }),
    ...(after !== undefined && { after }),
    expectError: values.expect === true,
    ...(native !== undefined && { native }),
    compare: compareRule(values),
    masks: ['address', ...(values.mask ?? [])],
    clock: values.clock ?? 1,
    ...(values.net !== undefined && { net: values.net }),
    ...(values.labels === true && { labels: true }),
    ...(values.timeline === true && { timeline: true }),
    ...(schedule !== undefined && { schedule }),
    timeout: values.timeout ?? defaultTimeout,
    packages: values.packages ?? (native === undefined ? packagesImported(source) : []),
    ...(stdin !== undefined && { stdin }),
    lineNumbers: values.lines === true,
  };
}
