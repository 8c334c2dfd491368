/**
 * Shows an `Output` that is still growing, at most once a frame, with elements only: text never becomes markup.
 *
 * Lines that are finished are added once and never touched again; only the open line and the short tail are made anew.
 */
import type { OutputEvent } from '../../protocol/event.ts';
import { blockWord, type Block } from '../render/block.ts';
import { hiddenNote, Output } from '../render/output.ts';
import { cellOfFile } from './cell-files.ts';
import { spanNodes, type CellOf } from './span-nodes.ts';

const isEmpty = ({ lines, open }: Block): boolean => lines.length === 0 && open.length === 0;

/** One block of the head. */
class BlockView {
  readonly element = document.createElement('div');
  readonly #samp = document.createElement('samp');
  readonly #cellOf: CellOf;
  #finished = 0;
  #open: Node[] = [];

  constructor({ kind }: Block, cellOf: CellOf) {
    this.#cellOf = cellOf;
    this.element.className = `out-block is-${kind}`;
    if (blockWord[kind] !== '') {
      const word = document.createElement('span');
      word.className = 'out-word';
      word.textContent = blockWord[kind];
      this.element.append(word);
    }
    const pre = document.createElement('pre');
    pre.className = `out ${kind}`;
    pre.append(this.#samp);
    this.element.append(pre);
  }

  update({ lines, open }: Block): void {
    for (const node of this.#open) node.parentNode?.removeChild(node);
    this.#samp.append(...spanNodes(lines.slice(this.#finished), this.#cellOf));
    this.#finished = lines.length;
    this.#open = open.length > 0 ? spanNodes([open], this.#cellOf) : [];
    this.#samp.append(...this.#open);
  }
}

export class OutputView {
  readonly output = new Output();
  readonly #box: HTMLElement;
  readonly #cell: HTMLElement;
  readonly #head = new Map<Block, BlockView>();
  /** Note and tail, made anew at each frame. */
  #end: Element[] = [];
  #frame: number | undefined;
  #attached = false;
  #empty = false;
  readonly #files = new Map<string, string | undefined>();
  /** Looked up once for each file: a loop may print a traceback a thousand times. */
  readonly #cellOf: CellOf = (file) => {
    if (!this.#files.has(file)) this.#files.set(file, cellOfFile(file, this.#cell));
    return this.#files.get(file);
  };

  /** Nothing is drawn before `attach`. */
  constructor(box: HTMLElement, cell: HTMLElement) {
    this.#box = box;
    this.#cell = cell;
  }

  /** Takes the box: what stood in it goes when the first lines are drawn, and its height is held until the end. */
  attach(): void {
    this.#attached = true;
    this.#box.style.minHeight = `${this.#box.offsetHeight}px`;
  }

  /** Draws no more, whatever is still printed. */
  detach(): void {
    this.#attached = false;
    this.#box.style.minHeight = '';
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }

  push(events: readonly OutputEvent[]): void {
    this.output.push(events);
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  /** Call when the run is over. What a task that was left behind prints later is still shown. */
  end(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.output.end();
    this.#draw();
    if (!this.#attached) return;
    this.#box.style.minHeight = '';
    if (this.#box.childElementCount > 0) return;
    const none = document.createElement('p');
    none.className = 'out-none';
    none.textContent = 'No output';
    this.#end = [none];
    this.#box.append(none);
  }

  #draw(): void {
    if (!this.#attached) return;
    if (!this.#empty) this.#box.replaceChildren();
    this.#empty = true;
    const atEnd = this.#box.scrollTop + this.#box.clientHeight >= this.#box.scrollHeight - 4;
    for (const element of this.#end) element.remove();
    // A line that was erased again leaves nothing behind, not even the mark of its stream.
    for (const [block, view] of this.#head) {
      if (!isEmpty(block)) continue;
      view.element.remove();
      this.#head.delete(block);
    }
    for (const block of this.output.head) {
      if (isEmpty(block)) continue;
      const view = this.#head.get(block) ?? new BlockView(block, this.#cellOf);
      this.#head.set(block, view);
      if (view.element.parentNode !== this.#box) this.#box.append(view.element);
      view.update(block);
    }
    this.#end = this.#drawEnd();
    this.#box.append(...this.#end);
    if (atEnd) this.#box.scrollTop = this.#box.scrollHeight;
  }

  #drawEnd(): Element[] {
    const note = hiddenNote(this.output);
    const end: Element[] = [];
    if (note !== undefined) {
      const paragraph = document.createElement('p');
      paragraph.className = 'out-note';
      paragraph.textContent = `${note} Copy output takes all of them.`;
      end.push(paragraph);
    }
    for (const block of this.output.tail) {
      if (isEmpty(block)) continue;
      const view = new BlockView(block, this.#cellOf);
      view.update(block);
      end.push(view.element);
    }
    return end;
  }
}
