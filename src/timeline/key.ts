/** What the marks of a picture mean, in words below it: only of those that are in it. */
import type { Layout } from './layout.ts';

export function keyOf({ rows, wakes, prints }: Layout): string {
  const lanes = rows.flatMap((row) => (row.kind === 'lane' ? [row] : []));
  const bands = lanes.length < rows.length;
  const marks: readonly (readonly [boolean, string])[] = [
    [true, 'solid, it runs'],
    [bands || lanes.some(({ ready }) => ready.length > 0), 'hollow, it is ready and waits for its turn'],
    [bands || lanes.some(({ blocked }) => blocked.length > 0), 'hatched, it waits for something'],
    [wakes.length > 0, 'an arrow, it wakes another'],
    [lanes.some(({ end }) => end?.failed === false), 'a tick, it ended'],
    [lanes.some(({ end }) => end?.failed === true), 'a cross, it failed'],
    [prints.length > 0, 'a small bar at the top, it printed'],
  ];
  const words = marks.flatMap(([shown, mark]) => (shown ? [mark] : []));
  return `What a lane shows: ${words.join('; ')}. Colours only tell lanes apart.`;
}
