/**
 * Sends what a run prints to the page: as events in the order in which they happened, several in one message, and
 * never more than a page can hold.
 *
 * Invariant: nothing is reordered. Text beyond the limit is dropped, which is said once, and the run goes on.
 */
import type { RunEvent } from '../../protocol/event.ts';

type Stream = 'stdout' | 'stderr';

/** Milliseconds between two batches when a program prints without pause. */
const interval = 16;
/** Messages that may follow each other without a pause, so that a line printed before a long computation is seen at once. */
const burst = 32;
/** Characters of one run that are passed on, and of one event that stands alone (a result, a traceback). */
export const runLimit = 4 << 20;
/** Characters of a prompt. */
const longestPrompt = 1000;
/** Milliseconds: writes that follow each other this closely are one event. */
const joined = 1;

/** Both in milliseconds. What the page can take is a matter of real time, however fast the cell's clock runs. */
interface Clocks {
  /** On which events are dated. */
  readonly cell: () => number;
  readonly real: () => number;
}

export class Output {
  /** What each line begins with. */
  label = '';
  #pending: RunEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #start = 0;
  #room = runLimit;
  #openLine = '';
  #tokens = burst;
  #refilled = 0;
  /** When the last event that waits to be sent was begun, on the real clock. */
  #begun = 0;
  #decoders = Output.#newDecoders();
  readonly #send: (events: readonly RunEvent[]) => void;
  readonly #clocks: Clocks;

  constructor(send: (events: readonly RunEvent[]) => void, clocks: Clocks) {
    this.#send = send;
    this.#clocks = clocks;
  }

  static #newDecoders(): Record<Stream, TextDecoder> {
    return { stdout: new TextDecoder(), stderr: new TextDecoder() };
  }

  /** `elapsed`: milliseconds for which the run goes on already. */
  begin(elapsed = 0): void {
    this.#start = this.#clocks.cell() - elapsed;
    this.#room = runLimit;
    this.#openLine = '';
    this.#decoders = Output.#newDecoders();
  }

  /** The last line as far as the program has printed it, if it has no end yet; usually a prompt. Only the end of a long one. */
  get openLine(): string {
    return this.#openLine;
  }

  /** Seconds since the run began, on the cell's clock. */
  get elapsed(): number {
    return Math.round((this.#clocks.cell() - this.#start) * 1e3) / 1e6;
  }

  write(stream: Stream, bytes: Uint8Array): void {
    this.#text(stream, this.#labelled(this.#decoders[stream].decode(bytes, { stream: true })));
  }

  /** What the reader typed, shown as a terminal shows it. */
  echo(text: string): void {
    this.#text('stdout', text);
  }

  /** The program has flushed its stream: what it printed is shown, though the line may have no end yet. */
  flush(): void {
    if (this.#pending.length > 0) this.#due();
  }

  add(event: RunEvent): void {
    this.#pending.push(event);
    this.#due();
  }

  /** The run is over: sends everything that waits, also the bytes of an incomplete character. */
  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) this.#text(stream, this.#decoders[stream].decode());
    this.#sendAll();
  }

  #labelled(text: string): string {
    if (this.label === '' || text === '') return text;
    const lines = text.replaceAll(/\n(?=.)/gsu, `\n${this.label}`);
    return this.#openLine === '' ? this.label + lines : lines;
  }

  #text(type: Stream, text: string): void {
    if (text === '') return;
    this.#openLine = (text.includes('\n') ? '' : this.#openLine) + text.slice(text.lastIndexOf('\n') + 1);
    if (this.#openLine.length > longestPrompt) this.#openLine = this.#openLine.slice(-longestPrompt);
    if (this.#room < 0) return;
    this.#room -= text.length;
    const at = this.elapsed;
    const now = this.#clocks.real();
    if (this.#room < 0) {
      const shown = text.slice(0, text.length + this.#room);
      if (shown !== '') this.#pending.push({ type, at, text: shown });
      const note = `\n[The rest is not shown: this run printed more than ${runLimit >> 20} million characters.]\n`;
      this.#pending.push({ type: 'stderr', at, text: note });
      // Later output will be dropped, so nothing else would cause this to be sent.
      this.#sendAll();
      return;
    }
    const last = this.#pending.at(-1);
    if (last?.type === type && now - this.#begun < joined) {
      this.#pending[this.#pending.length - 1] = { ...last, text: last.text + text };
    } else {
      this.#begun = now;
      this.#pending.push({ type, at, text });
    }
    // Like a terminal: a line is shown when it is complete, and its parts are sent together if possible.
    if (text.endsWith('\n')) this.#due();
    else this.#soon();
  }

  /** Sends now if the recent past was quiet, else within `interval`. */
  #due(): void {
    const now = this.#clocks.real();
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#refilled) / interval);
    this.#refilled = now;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      this.#sendAll();
    } else {
      this.#soon();
    }
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#sendAll();
    }, interval);
  }

  #sendAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.length === 0) return;
    const events = this.#pending;
    this.#pending = [];
    this.#send(events);
  }
}
