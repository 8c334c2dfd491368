/**
 * A walk through a program: which thread was told to go on, how the program stood after each step, and the way back, which is
 * a run in another interpreter up to there.
 *
 * Invariant: what was seen belongs to the steps that were made; where a run again differs from it, `strayed` says so.
 */
import type { Fault } from '../../protocol/fault.ts';
import type { StepCommand, SteppingAsked, SteppingTold, Stands } from '../../protocol/stepping.ts';
import type { Asked, OnStep, SessionContract } from '../../session/contract.ts';
import { difference } from './difference.ts';

type Begin = SessionContract['step'];
type Told = Parameters<OnStep>[0];
type Output = Stands['output'];
export type Go = Extract<StepCommand, { kind: 'go' }>;

/** A step: the first has no command. */
interface Step {
  readonly command: Go | undefined;
  /** What the program read on the way. */
  readonly typed: (string | null)[];
}

interface Seen extends Step {
  readonly stands: Stands;
  readonly output: Output;
}

export type Phase =
  | { readonly kind: 'goes' }
  | { readonly kind: 'stands' }
  | { readonly kind: 'asks'; readonly asked: Asked }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** One interpreter; what it says before somebody listens is kept. */
class Line {
  readonly #abort = new AbortController();
  #kept: Told[] = [];
  #hear: ((told: Told) => void) | undefined;
  readonly give: (commands: readonly StepCommand[]) => void;

  constructor(begin: Begin, asked: SteppingAsked) {
    const onStep = (told: Told): void => {
      if (this.#abort.signal.aborted) return;
      if (this.#hear) this.#hear(told);
      else this.#kept.push(told);
    };
    this.give = begin(asked, onStep, this.#abort.signal);
  }

  follow(hear: (told: Told) => void): void {
    this.#hear = hear;
    const kept = this.#kept;
    this.#kept = [];
    for (const told of kept) hear(told);
  }

  end(): void {
    this.#abort.abort();
  }
}

interface Options {
  readonly begin: Begin;
  readonly asked: SteppingAsked;
  /** Whether there is room for a second interpreter, which stands before the first line and waits to be needed. */
  readonly spare: boolean;
  /** Something of the walk has changed. */
  readonly changed: () => void;
}

export class Walk {
  readonly #options: Options;
  #line: Line;
  #spare: Line | undefined;
  #seen: Seen[] = [];
  #coming: Step[] = [{ command: undefined, typed: [] }];
  /** What was seen before the program was run again. */
  #expected: readonly Seen[] = [];
  #asks = 0;
  /** Printed since it stood last. */
  #printed: Output = [];
  phase: Phase = { kind: 'goes' };
  /** In which step the program took another way than before, and what differs. */
  strayed: { readonly step: number; readonly what: string } | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#line = this.#open();
    this.#follow();
  }

  /** How many steps were made. */
  get steps(): number {
    return Math.max(0, this.#seen.length - 1);
  }

  get stands(): Stands | undefined {
    return this.#seen.at(-1)?.stands;
  }

  /** How it stood one step before. */
  get before(): Stands | undefined {
    return this.#seen.at(-2)?.stands;
  }

  get output(): Output {
    return [...this.#seen.flatMap(({ output }) => output), ...this.#printed];
  }

  get canGoBack(): boolean {
    return this.#seen.length > (this.phase.kind === 'stands' ? 1 : 0);
  }

  go(command: Go): void {
    if (this.phase.kind !== 'stands') return;
    this.#coming = [{ command, typed: [] }];
    this.strayed = undefined;
    this.#enter({ kind: 'goes' });
    this.#line.give([command]);
  }

  type(text: string | null): void {
    if (this.phase.kind !== 'asks') return;
    this.#coming[0]?.typed.push(text);
    this.#enter({ kind: 'goes' });
    this.#line.give([{ kind: 'type', text }]);
  }

  /** To the step before; while a step is under way, to where it began. */
  back(): void {
    if (this.canGoBack) this.#again(this.#seen.slice(0, this.phase.kind === 'stands' ? -1 : undefined));
  }

  restart(): void {
    this.#again(this.#seen.slice(0, 1));
  }

  end(): void {
    this.#line.end();
    this.#spare?.end();
  }

  #open(): Line {
    return new Line(this.#options.begin, this.#options.asked);
  }

  /** Makes the steps of `kept` in a new interpreter. */
  #again(kept: readonly Seen[]): void {
    this.#line.end();
    this.#line = this.#spare ?? this.#open();
    this.#spare = undefined;
    this.#expected = kept;
    this.#seen = [];
    this.#printed = [];
    this.#asks = 0;
    this.strayed = undefined;
    this.#coming = kept.map(({ command, typed }) => ({ command, typed: [...typed] }));
    if (kept.length === 0) this.#coming = [{ command: undefined, typed: [] }];
    this.#line.give(
      kept.flatMap(({ command, typed }): StepCommand[] => [
        ...(command ? [command] : []),
        ...typed.map((text) => ({ kind: 'type', text }) as const),
      ]),
    );
    this.#enter({ kind: 'goes' });
    this.#follow();
  }

  #follow(): void {
    this.#line.follow((told) => {
      this.#hear(told);
    });
  }

  #enter(phase: Phase): void {
    this.phase = phase;
    this.#options.changed();
  }

  #hear(told: Told): void {
    switch (told.kind) {
      case 'stands':
        this.#stood(told);
        return;
      case 'asks':
        this.#asked(told);
        return;
      case 'refused':
      case 'fault':
        this.#enter(told);
        return;
      default:
        told satisfies never;
    }
  }

  #asked({ output, prompt, secret }: Extract<SteppingTold, { kind: 'asks' }>): void {
    this.#printed = [...this.#printed, ...output];
    this.#asks += 1;
    // What was typed before was sent along.
    if (this.#asks > (this.#coming[0]?.typed.length ?? 0)) this.#enter({ kind: 'asks', asked: { prompt, secret } });
  }

  #stood(stands: Stands): void {
    const step = this.#coming.shift();
    if (!step) return;
    const seen: Seen = { ...step, stands, output: [...this.#printed, ...stands.output] };
    this.#printed = [];
    this.#asks = 0;
    const before = this.#expected[this.#seen.length];
    const what = before && difference(before, seen);
    if (what !== undefined) this.strayed ??= { step: this.#seen.length, what };
    this.#seen.push(seen);
    if (this.#coming.length > 0) return;
    this.#expected = [];
    if (this.#options.spare) this.#spare ??= this.#open();
    this.#enter({ kind: 'stands' });
  }
}
