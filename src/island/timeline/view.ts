/**
 * The timeline of a cell's last run, below its output: the picture, what is worth seeing in it, and the table of its intervals.
 *
 * Invariant: one for each cell; it takes the focus only from what it takes the place of.
 */
import type { OutputEvent } from '../../protocol/event.ts';
import { fileNameOf } from '../../protocol/file-name.ts';
import type { Timeline } from '../../protocol/timeline.ts';
import { folded } from '../../timeline/folding.ts';
import { keyOf } from '../../timeline/key.ts';
import { layOut } from '../../timeline/layout.ts';
import { sentencesOf } from '../../timeline/sentences.ts';
import { storyOf, type Story } from '../../timeline/story.ts';
import { svgOf } from '../../timeline/svg.ts';
import { tableOf } from '../../timeline/table.ts';
import { traceOf } from '../../timeline/trace.ts';
import { waitGraphOf, type WaitGraph } from '../../timeline/wait-graph.ts';
import { waitGraphSvg } from '../../timeline/wait-graph-svg.ts';
import type { LiveCell } from '../live/cell.ts';
import { make, makeButton } from '../make.ts';
import { saveFile } from '../save-file.ts';
import { announce } from '../say.ts';
import { tableView } from './table-view.ts';
import { timelineStyles } from './styles.ts';
import { withCode } from './words.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(timelineStyles);
document.adoptedStyleSheets.push(sheet);

/** CSS pixels: of a file, and the least that a picture in the page is drawn for. */
const FILE_WIDTH = 960;
const LEAST = 280;

let made = 0;

class View {
  readonly element = make('section', 'cell-timeline');
  readonly #story: Story;
  readonly #graph: WaitGraph | undefined;
  readonly #title: string;
  readonly #name: string;
  readonly #prefix: string;
  readonly #picture = make('div', 'timeline-picture');
  readonly #waits = make('div', 'timeline-picture');
  readonly #open = new Set<string>();
  #width = 0;

  constructor(cell: LiveCell, timeline: Timeline, output: readonly OutputEvent[]) {
    made += 1;
    this.#prefix = `timeline-${made}`;
    const file = fileNameOf(cell.cell);
    this.#name = file.replace(/\.py$/, '');
    this.#title = `Timeline of ${cell.name}`;
    this.#story = storyOf(timeline, { file, output });
    this.#graph = waitGraphOf(this.#story);
    this.element.setAttribute('aria-label', this.#title);
    this.element.append(
      this.#bar(),
      this.#picture,
      make('p', 'timeline-note', keyOf(layOut(this.#story, { width: FILE_WIDTH }))),
      ...this.#bands(),
      this.#sentences(),
      this.#waits,
      tableOfAll(this.#story, this.#prefix),
    );
    new ResizeObserver(() => {
      this.#draw();
    }).observe(this.#picture);
  }

  #bar(): HTMLElement {
    return make(
      'div',
      'timeline-bar',
      make('span', 'timeline-title', 'Timeline'),
      makeButton('Save picture', () => {
        const layout = layOut(this.#story, { width: FILE_WIDTH, open: this.#open });
        const svg = svgOf(this.#story, layout, { title: this.#title, prefix: 'timeline', file: true });
        saveFile(`${this.#name}.svg`, svg, 'image/svg+xml');
      }),
      makeButton('Save trace for Perfetto', () => {
        saveFile(`${this.#name}-trace.json`, traceOf(this.#story, this.#title), 'application/json');
      }),
    );
  }

  /** A button for each band that opens. */
  #bands(): HTMLElement[] {
    const bands = folded(this.#story.lanes).flatMap((band) => (band.kind === 'band' ? [band] : []));
    if (bands.length === 0) return [];
    const buttons = bands.map(({ name, lanes }) => {
      const words = () => `${this.#open.has(name) ? 'Fold' : 'Show'} the ${lanes.length} lanes of ${name}`;
      const button = makeButton(words(), () => {
        if (!this.#open.delete(name)) this.#open.add(name);
        button.textContent = words();
        this.#width = 0;
        this.#draw();
      });
      return button;
    });
    return [make('div', 'timeline-bands', ...buttons)];
  }

  #sentences(): HTMLElement {
    const said = sentencesOf(this.#story).map((sentence) => make('li', '', ...withCode(sentence)));
    return make('ul', 'timeline-said', ...said);
  }

  #draw(): void {
    const width = Math.max(LEAST, Math.floor(this.#picture.clientWidth));
    if (width === this.#width) return;
    this.#width = width;
    const layout = layOut(this.#story, { width, open: this.#open });
    const svg = svgOf(this.#story, layout, { title: this.#title, prefix: this.#prefix });
    put(this.#picture, svg);
    if (!this.#graph) return;
    const title = `${this.#title}: who waits for whom`;
    put(this.#waits, waitGraphSvg(this.#graph, this.#story, { width, title, prefix: this.#prefix }));
  }
}

function put(into: HTMLElement, svg: string): void {
  const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  into.replaceChildren(document.importNode(documentElement, true));
}

/** Its rows are made when it is opened. */
function tableOfAll(story: Story, prefix: string): HTMLElement {
  const rows = tableOf(story);
  const details = make('details', 'timeline-all', make('summary', '', `All ${rows.length} intervals as a table`));
  details.addEventListener(
    'toggle',
    () => {
      details.append(tableView(rows, prefix));
    },
    { once: true },
  );
  return details;
}

export function showTimeline(cell: LiveCell, timeline: Timeline, output: readonly OutputEvent[]): void {
  const view = new View(cell, timeline, output);
  cell.timeline = view.element;
  announce(`${cell.name}: the timeline stands below the output`);
}
