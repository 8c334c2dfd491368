/**
 * Shows an `Output` that is still growing, at most once a frame, with elements only: text never becomes markup.
 *
 * Lines that are finished are added once and never touched again; only the open line and the short tail are made anew.
 */
import type { RunEvent } from '../../protocol/snapshot.ts';
import { blockWord, flatten, type Block, type Line } from '../render/block.ts';
import { hiddenNote, Output } from '../render/output.ts';

function spanNodes(lines: readonly Line[]): Node[] {
  return flatten(lines).map(({ text, className }) => {
    if (className === '') return document.createTextNode(text);
    const span = document.createElement('span');
    span.className = className;
    span.textContent = text;
    return span;
  });
}

/** One block of the head. */
class BlockView {
  readonly element = document.createElement('div');
  readonly #samp = document.createElement('samp');
  #finished = 0;
  #open: Node[] = [];

  constructor({ kind }: Block) {
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
    this.#samp.append(...spanNodes(lines.slice(this.#finished)));
    this.#finished = lines.length;
    this.#open = open.length > 0 ? spanNodes([open]) : [];
    this.#samp.append(...this.#open);
  }
}

export class OutputView {
  readonly output = new Output();
  readonly #box: HTMLElement;
  readonly #head: BlockView[] = [];
  /** Note and tail, made anew at each frame. */
  #end: Element[] = [];
  #frame: number | undefined;

  /** Empties `box`. */
  constructor(box: HTMLElement) {
    this.#box = box;
    box.replaceChildren();
  }

  push(events: readonly RunEvent[]): void {
    this.output.push(events);
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  /** Call once after the last event: nothing is drawn later. */
  end(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.output.end();
    this.#draw();
    if (this.#box.childElementCount > 0) return;
    const none = document.createElement('p');
    none.className = 'out-none';
    none.textContent = 'No output';
    this.#box.append(none);
  }

  #draw(): void {
    const atEnd = this.#box.scrollTop + this.#box.clientHeight >= this.#box.scrollHeight - 4;
    for (const element of this.#end) element.remove();
    this.output.head.forEach((block, index) => {
      const view = (this.#head[index] ??= new BlockView(block));
      if (view.element.parentNode !== this.#box) this.#box.append(view.element);
      view.update(block);
    });
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
      paragraph.textContent = note;
      end.push(paragraph);
    }
    for (const block of this.output.tail) {
      if (block.lines.length === 0 && block.open.length === 0) continue;
      const view = new BlockView(block);
      view.update(block);
      end.push(view.element);
    }
    return end;
  }
}
