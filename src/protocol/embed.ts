/**
 * What a page of another site and the frame of one of its cells say to each other (ADR 28). Neither trusts the other.
 *
 * Invariant: no message runs a program. Version 1 may be given further fields that can be left out, and loses none: the two
 * sides may come from different builds.
 */
import * as v from 'valibot';
import { list, text, type Data } from './schema.ts';

const themeSchema = v.picklist(['light', 'dark']);

/** Bounds of what a frame takes; whoever sends more is not heard. */
export const embedBounds = { programs: 50, source: 1 << 20 } as const;

const programSchema = v.object({
  mode: v.picklist(['notebook', 'script']),
  source: text(embedBounds.source),
  /** File name on its tab and in tracebacks. */
  name: v.optional(v.pipe(text(100), v.regex(/^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u))),
  /** What it is called when it has no file name. */
  title: v.optional(text(200)),
  /** Sleeps and clocks run this many times as fast. */
  clock: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(1000))),
  timeline: v.optional(v.boolean()),
});

/** From the page to the frame. */
export const toEmbedSchema = v.variant('type', [
  /** The first one is taken, answering `embed.ready`. The last program is the cell's; it continues those before it. */
  v.object({
    type: v.literal('embed.open'),
    programs: v.pipe(list(programSchema, embedBounds.programs), v.minLength(1)),
    theme: themeSchema,
  }),
  v.object({ type: v.literal('embed.theme'), theme: themeSchema }),
]);

/** From the frame to the page. */
export const fromEmbedSchema = v.variant('type', [
  /** The frame waits for its program. */
  v.object({ type: v.literal('embed.ready') }),
  /** In CSS pixels: how high the frame has to be to show all that is in it. */
  v.object({ type: v.literal('embed.height'), height: v.pipe(v.number(), v.minValue(1), v.maxValue(20_000)) }),
]);

export type EmbeddedProgram = Data<typeof programSchema>;
export type EmbedTheme = Data<typeof themeSchema>;
export type ToEmbed = Data<typeof toEmbedSchema>;
export type FromEmbed = Data<typeof fromEmbedSchema>;
