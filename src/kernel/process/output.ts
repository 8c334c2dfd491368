/**
 * What a run prints, on its way out: events in the order they happened, batched in time, never more than a page
 * can hold.
 *
 * Invariant: nothing is reordered; what goes beyond the cap is dropped and said so once; the run goes on.
 */
import type { RunEvent } from '../../protocol/snapshot.ts';

type Stream = 'stdout' | 'stderr';

/** Milliseconds between two batches when a program prints without pause. */
const interval = 16;
/** Batches that may go at once, so that a line printed before a long computation is seen before it. */
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

  begin(): void {
    this.#start = this.#clocks.cell();
    this.#room = runLimit;
    this.#openLine = '';
    this.#decoders = Output.#newDecoders();
  }

  /** What the program printed last without ending the line: a prompt, as a rule; its end where it is long. */
  get openLine(): string {
    return this.#openLine;
  }

  /** Seconds since the run began, on the cell's clock. */
  get elapsed(): number {
    return Math.round((this.#clocks.cell() - this.#start) * 1e3) / 1e6;
  }

  write(stream: Stream, bytes: Uint8Array): void {
    this.#text(stream, this.#decoders[stream].decode(bytes, { stream: true }));
  }

  /** What the reader typed, shown as a terminal shows it. */
  echo(text: string): void {
    this.#text('stdout', text);
  }

  /** A program asked for what it printed to be seen, though the line has no end yet. */
  flush(): void {
    if (this.#pending.length > 0) this.#due();
  }

  add(event: RunEvent): void {
    this.#pending.push(event);
    this.#due();
  }

  /** Passes on all that waits, with what is left of a character cut in two. */
  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) this.#text(stream, this.#decoders[stream].decode());
    this.#sendAll();
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
      // Nothing that follows will be passed on, so nothing that follows would send it.
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
    // A line is seen when it ends, as on a terminal; its parts come out together where they can.
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
