/** Which lanes are drawn as one band: those of a pool, when there are many lanes. */
import type { Lane } from './story.ts';

/** Lanes of one picture from which on like lanes are folded, and how many make a band. */
const MANY = 12;
const BAND = 5;

export type Band =
  | { readonly kind: 'lane'; readonly lane: Lane }
  /** `name` is what the lanes have in common: `worker-…`. */
  | { readonly kind: 'band'; readonly name: string; readonly lanes: readonly Lane[] };

const common = ({ name }: Lane): string => name.replaceAll(/\d+/g, '…');
/** Only lanes of one thread become one band. */
const groupOf = (lane: Lane): string => `${lane.inside ?? ''}:${common(lane)}`;

/** In the order of the lanes; bands that are named in `open` are not folded. */
export function folded(lanes: readonly Lane[], open: ReadonlySet<string> = new Set()): readonly Band[] {
  const groups = Map.groupBy(lanes, groupOf);
  const seen = new Set<string>();
  return lanes.flatMap((lane): Band[] => {
    const [name, key] = [common(lane), groupOf(lane)];
    const group = groups.get(key) ?? [];
    if (lanes.length <= MANY || group.length < BAND || open.has(name)) return [{ kind: 'lane', lane }];
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ kind: 'band', name, lanes: group }];
  });
}
