/** Follows the events of one program with checks, and interrupts what takes too long; it trusts none of them. */
import type { CheckEvent } from '../protocol/check.ts';
import type { RunEvent } from '../protocol/event.ts';
import type { SessionContract } from './contract.ts';

/** Milliseconds that an interrupted program has to say where it was, before it is ended. */
const patience = 1000;
/** Characters that are kept of what is printed during one check. */
const mostPrinted = 8000;

type Finished = Exclude<CheckEvent, { state: 'begun' }>;

export class CheckWatch {
  readonly #session: Pick<SessionContract, 'stop'>;
  readonly #seconds: number;
  readonly #onFinished: (event: Finished, printed: string) => void;
  #current: string | undefined;
  #printed = '';
  #timedOut = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `seconds` of real time for each check; `onFinished` is also told what was printed during it. */
  constructor(
    session: Pick<SessionContract, 'stop'>,
    seconds: number,
    onFinished: (event: Finished, printed: string) => void,
  ) {
    this.#session = session;
    this.#seconds = seconds;
    this.#onFinished = onFinished;
  }

  /** The check under way, '' for the program's own code; undefined before the first and between two. */
  get current(): string | undefined {
    return this.#current;
  }

  get printed(): string {
    return this.#printed;
  }

  get timedOut(): boolean {
    return this.#timedOut;
  }

  take(events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.type === 'stdout' || event.type === 'stderr') {
        this.#printed = (this.#printed + event.text).slice(0, mostPrinted);
      }
      if (event.type !== 'check') continue;
      if (event.state === 'begun') this.#begin(event.check);
      // The kernel tells of no end without a beginning.
      else if (event.check === this.#current) this.#finish(event);
    }
  }

  /** Call when the run is over. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #begin(check: string): void {
    if (this.#current !== undefined) return;
    this.#current = check;
    this.#printed = '';
    this.#timer = setTimeout(() => {
      this.#timedOut = true;
      void this.#session.stop();
      // A program that ignores the interrupt is ended with its interpreter.
      this.#timer = setTimeout(() => void this.#session.stop(), patience);
    }, this.#seconds * 1000);
  }

  #finish(event: Finished): void {
    this.#current = undefined;
    // After an interrupt the timer stays: the program may have told where it was and still not end.
    if (!this.#timedOut) clearTimeout(this.#timer);
    this.#onFinished(event, this.#printed);
  }
}
