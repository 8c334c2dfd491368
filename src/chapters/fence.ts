/** One `python run` fence to one `Cell`, or all that is wrong with it; never both. */
import type { Cell } from '../protocol/cell.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault, Place } from './content-fault.ts';
import { contradictions } from './contradictions.ts';
import { splitMeta } from './meta.ts';
import { mark } from '../schedules/mark.ts';
import { readName } from '../schedules/schedule-name.ts';
import { toOptions } from './options.ts';
import { readOptions } from './read-options.ts';

export type FenceResult =
  | { readonly ok: true; readonly cell: Cell }
  /** `id` is the cell's id when at least that could be read. */
  | { readonly ok: false; readonly id: string | undefined; readonly faults: readonly ContentFault[] };

export function parseFence(meta: string, source: string, where: Place): FenceResult {
  const fault = (what: string, mend: string): ContentFault => contentFault(where, what, mend);
  const split = splitMeta(meta);
  if (!split.ok) {
    return {
      ok: false,
      id: undefined,
      faults: [
        fault(
          `cannot read the cell's options from “${split.rest}” on`,
          'Write option=value, or option="a value" when it has spaces; close every quote.',
        ),
      ],
    };
  }
  const { values, unread, faults } = readOptions(split.words, fault);
  faults.push(...contradictions(values, unread, fault));
  if (source.trim() === '')
    faults.push(fault('the cell has no code', 'Write the code between the fences, or remove them.'));
  const made = values.schedule === undefined ? undefined : readName(values.schedule);
  if (made && made.mark !== mark({ source, before: [], beside: {} })) {
    const mend = 'Search again (docs/exploring.md), and write the name of the schedule that is found.';
    faults.push(fault('the schedule was made for other code than this cell has', mend));
  }
  const id = values.id;
  if (id === undefined || faults.length > 0) return { ok: false, id, faults };
  // A checkout with other line ends must not make every snapshot stale.
  return { ok: true, cell: { id, source: source.replaceAll('\r\n', '\n'), options: toOptions(values, source) } };
}
