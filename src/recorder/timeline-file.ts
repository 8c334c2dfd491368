/**
 * What `npm run python -- --timeline OUT` makes of a run: a picture or a trace in OUT, sentences and a table for the terminal.
 *
 * Invariant: whether OUT can be written is known before the program runs.
 */
import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import type { OutputEvent } from '../protocol/event.ts';
import type { Timeline } from '../protocol/timeline.ts';
import { layOut } from '../timeline/layout.ts';
import { sentencesOf } from '../timeline/sentences.ts';
import { storyOf, type Story } from '../timeline/story.ts';
import { svgOf } from '../timeline/svg.ts';
import { tableOf, toldTable } from '../timeline/table.ts';
import { traceOf } from '../timeline/trace.ts';

const WIDTH = 960;
/** Rows of the table in a terminal. */
const ROWS = 60;

const formats: Readonly<Record<string, (story: Story, title: string) => string>> = {
  '.svg': (story, title) => svgOf(story, layOut(story, { width: WIDTH }), { title, prefix: 'timeline', file: true }),
  '.json': traceOf,
};

/** What is wrong with `out`, as a sentence; undefined if it can be written. */
export async function wrongWith(out: string): Promise<string | undefined> {
  if (!(extname(out) in formats)) {
    return `--timeline ${out}: the file must end in .svg, for a picture, or in .json, for a trace that Perfetto opens.`;
  }
  const folder = dirname(out);
  try {
    if (!(await stat(folder)).isDirectory()) return `--timeline ${out}: ${folder} is no folder.`;
    await access(folder, constants.W_OK);
  } catch {
    return `--timeline ${out}: there is no folder ${folder} that can be written to.`;
  }
  const there = await stat(out).catch(() => undefined);
  return there?.isDirectory() ? `--timeline ${out}: that is a folder.` : undefined;
}

/** Writes `out`; answers with what is told at the terminal. `file` is the program's. */
export async function writeTimeline(
  out: string,
  file: string,
  timeline: Timeline,
  output: readonly OutputEvent[],
): Promise<string> {
  const name = basename(file);
  const story = storyOf(timeline, { file: name, output });
  const write = formats[extname(out)];
  if (write) await writeFile(out, write(story, `Timeline of ${name}`));
  const sentences = sentencesOf(story).map((sentence) => sentence.replaceAll('`', ''));
  const open = extname(out) === '.json' ? ' Open it at https://ui.perfetto.dev.' : '';
  return [...sentences, '', toldTable(tableOf(story), ROWS), '', `Written to ${out}.${open}`].join('\n');
}
