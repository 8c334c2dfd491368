/**
 * The output of one run as blocks, built event by event and never larger than fixed bounds.
 *
 * The first lines stay in `head`; when that is full, only the latest are kept, in `tail`, and `hidden` counts the
 * lines between. So a hundred thousand lines cost the page as much as a thousand, and the end is always shown.
 */
import type { OutputEvent } from '../../protocol/event.ts';
import type { Block, BlockKind, Line } from './block.ts';
import { withPlaces } from './place.ts';
import { Screen } from './screen.ts';

export const headLines = 1000;
export const tailLines = 100;
const headWeight = 200_000;
const tailWeight = 40_000;
/** A span costs an element, so it weighs more than its text. */
const spanWeight = 16;
/** Characters kept for copying. */
const copyable = 8_000_000;

const weigh = (line: Line): number => line.reduce((sum, span) => sum + span.text.length + spanWeight, 0);

export class Output {
  readonly head: Block[] = [];
  readonly tail: Block[] = [];
  /** Lines between head and tail that are not shown. */
  hidden = 0;
  #block: Block | undefined;
  #screen: Screen | undefined;
  #lines = 0;
  #weight = 0;
  #overflowed = false;
  #texts: string[] = [];
  #length = 0;

  push(events: readonly OutputEvent[]): void {
    for (const event of events) this.#event(event);
    if (this.#block && this.#screen) this.#block.open = this.#screen.open;
  }

  /** Call once after the last event. */
  end(): void {
    this.#endBlock();
  }

  /** What the program wrote, as it wrote it but for escape sequences; cut after eight million characters. */
  get text(): string {
    return this.#texts.join('').replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, '');
  }

  #event(event: OutputEvent): void {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
        this.#write(event.type, event.text);
        return;
      case 'result':
        this.#endBlock();
        this.#write('result', `${event.text}\n`);
        return;
      case 'error':
        this.#endBlock();
        this.#write('error', event.traceback || `${event.name}: ${event.message}\n`);
        if (event.hint !== undefined) this.#write('error', `[${event.hint}]\n`);
        return;
      case 'exit':
        this.#endBlock();
        this.#write('exit', `Exit code ${event.code}\n`);
        return;
      default:
        event satisfies never;
    }
  }

  #write(kind: BlockKind, text: string): void {
    if (this.#length < copyable) this.#texts.push(text.slice(0, copyable - this.#length));
    this.#length += text.length;
    if (this.#block?.kind !== kind) {
      this.#endBlock();
      this.#screen = new Screen((line) => {
        this.#commit(kind, kind === 'error' || kind === 'stderr' ? withPlaces(line) : line);
      });
      this.#start(kind);
    }
    this.#screen?.write(text);
  }

  #start(kind: BlockKind): Block {
    const block: Block = { kind, lines: [], open: [] };
    (this.#overflowed ? this.tail : this.head).push(block);
    this.#block = block;
    return block;
  }

  #endBlock(): void {
    const open = this.#screen?.end() ?? [];
    if (this.#block && open.length > 0) this.#commit(this.#block.kind, open);
    if (this.#block) {
      this.#block.open = [];
      // What shows nothing, a lone colour change for example, must not pile up either.
      if (this.#block.lines.length === 0) this.#forget(this.#block);
    }
    this.#block = undefined;
    this.#screen = undefined;
  }

  /** `block` is the newest. */
  #forget(block: Block): void {
    for (const blocks of [this.head, this.tail]) if (blocks.at(-1) === block) blocks.pop();
  }

  #commit(kind: BlockKind, line: Line): void {
    if (!this.#overflowed && (this.#lines >= headLines || this.#weight >= headWeight)) {
      this.#overflowed = true;
      this.#lines = 0;
      this.#weight = 0;
      if (this.#block) this.#block.open = [];
      this.#start(kind);
    }
    (this.#block ?? this.#start(kind)).lines.push(line);
    this.#lines += 1;
    this.#weight += weigh(line);
    while (this.#overflowed && (this.#lines > tailLines || this.#weight > tailWeight) && this.#dropOldest());
  }

  /** False when only the newest line is left. */
  #dropOldest(): boolean {
    const oldest = this.tail[0];
    if (!oldest || this.#lines <= 1) return false;
    const line = oldest.lines.shift();
    if (line) {
      this.hidden += 1;
      this.#lines -= 1;
      this.#weight -= weigh(line);
    }
    if (oldest.lines.length === 0 && oldest !== this.#block) this.tail.shift();
    return true;
  }
}

/** The blocks of a finished run. */
export function renderEvents(events: readonly OutputEvent[]): Output {
  const output = new Output();
  output.push(events);
  output.end();
  return output;
}

/** The note between head and tail; undefined when nothing is hidden. */
export const hiddenNote = ({ hidden }: Output): string | undefined =>
  hidden === 0 ? undefined : `${hidden.toLocaleString('en')} more ${hidden === 1 ? 'line is' : 'lines are'} not shown.`;
