/** A chapter with a cell, a component and an exercise of each kind, recorded, for tests that take it away and bring it back. */
import { cellHash } from '../../../../src/chapters/cell-hash.ts';
import { cellsById, chainOf } from '../../../../src/chapters/chain.ts';
import { readChapters } from '../../../../src/chapters/read-chapters.ts';
import { writeSnapshot } from '../../../../src/chapters/snapshots.ts';
import type { OutputEvent } from '../../../../src/protocol/event.ts';
import type { Timeline } from '../../../../src/protocol/timeline.ts';
import { courseOnDisk, type DiskCourse } from '../../chapters/course-on-disk.ts';
import { write, predict, order, choose } from '../../chapters/exercises/sample.ts';

export const folder = '01-all-kinds';

const body = `import Box from './figures/box.svg';

A *first* paragraph with a <Term>generator</Term>, <Api name="len" /> and \\{ braces \\}.

## Cells {#cells}

See [the program](#program), [the other chapter](/second/#there) and [the glossary](/glossary/).

\`\`\`python run id=begin title="Where it begins"
total = 1
total
\`\`\`

\`\`\`python run id=go-on after=begin timeline
print("é 😀", total)
import sys
print("warned", file=sys.stderr)
\`\`\`

\`\`\`python run id=fails expect=error
1 / 0
\`\`\`

## A program {#program}

\`\`\`python run id=ask script expect=error name=ask.py stdin="Ada" clock=10
print("Hello", input())
raise SystemExit(3)
\`\`\`

<Aside type="tip" title="Mind this">

Prose, and a cell:

\`\`\`python run id=inside
"in an aside"
\`\`\`

</Aside>

<Figure caption="A box." alt="A box [closed].">
<Box />
</Figure>

\`\`\`text
no cell
\`\`\`
`;

const events: Readonly<Record<string, readonly OutputEvent[]>> = {
  begin: [{ type: 'result', at: 0.001, text: '1' }],
  'go-on': [
    { type: 'stdout', at: 0.002, text: 'é 😀 1\n' },
    { type: 'stderr', at: 0.003, text: 'warned\n' },
  ],
  fails: [
    {
      type: 'error',
      at: 0.004,
      name: 'ZeroDivisionError',
      message: 'division by zero',
      traceback: 'Traceback (most recent call last):\n\u001B[31mZeroDivisionError: division by zero\u001B[0m\n',
    },
  ],
  ask: [
    { type: 'stdout', at: 0.005, text: 'Ada\nHello Ada\n' },
    { type: 'exit', at: 0.25, code: 3 },
  ],
  inside: [{ type: 'result', at: 0.006, text: "'in an aside'" }],
};

const timeline: Timeline = {
  lost: 0,
  lanes: [{ lane: 0, name: 'MainThread' }],
  events: [
    { what: 'runs', lane: 0, at: 0.0001 },
    { what: 'ended', lane: 0, at: 0.0031 },
  ],
};

const head = (title: string, place: number): string => `---
title: "${title}"
summary: "What it is: about."
order: ${place}
module: 1
outcomes:
  - Read it
updated: 2026-11-22
---

`;

/** `more` follows the body. */
export function courseToTakeAway(more = [write, predict, order, choose].join('\n\n')): DiskCourse {
  const course = courseOnDisk({
    [`content/${folder}/index.mdx`]: `${head('All kinds', 1)}${body}\n${more}\n`,
    [`content/${folder}/figures/box.svg`]:
      '<svg viewBox="0 0 9 9" width="9"><rect class="fig-box" width="9" height="9" /></svg>\n',
    'content/02-second/index.mdx': `${head('Second', 2)}## Over *there* {#there}\n`,
    'content/glossary.yaml': '- term: generator\n  definition: A function that can pause.\n',
  });
  const chapter = readChapters(course.root).chapters[0];
  if (chapter === undefined) throw new Error('no chapter');
  for (const { cell } of chapter.cells) {
    writeSnapshot(course.root, folder, {
      format: 1,
      cell: cell.id,
      hash: cellHash(chainOf(cell, cellsById(chapter))),
      producer: { kind: 'browser', python: '3.14.2', pyodide: '314.0.7' },
      recorded: '2026-11-22T10:00:00Z',
      duration: 0.5,
      events: [...(events[cell.id] ?? [{ type: 'stdout', at: 0.01, text: 'printed\n' }])],
      ...(cell.options.timeline && { timeline }),
    });
  }
  return course;
}
