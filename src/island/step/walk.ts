/**
 * A walk through a program: which thread was told to go on, how the program stood after each step, and the way back, which is
 * a run in another interpreter up to there. What was seen there before is shown at once, while that interpreter makes the steps.
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

const commandsOf = (steps: readonly Step[]): StepCommand[] =>
  steps.flatMap(({ command, typed }) => [
    ...(command ? [command] : []),
    ...typed.map((text) => ({ kind: 'type', text }) as const),
  ]);

export class Walk {
  readonly #options: Options;
  #line: Line;
  #spare: Line | undefined;
  #seen: Seen[] = [];
  /** How many of these the interpreter has made: fewer than there are on the way back. */
  #made = 0;
  /** A new step that is under way. */
  #under: Step | undefined = { command: undefined, typed: [] };
  /** What is to come when the way back is over. */
  #next: Go | undefined;
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

  /** How many steps there are to what is shown. */
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
    const now = this.goesBack ? [] : this.#printed;
    return [...this.#seen.flatMap(({ output }) => output), ...now];
  }

  get canGoBack(): boolean {
    return this.#seen.length > (this.#under ? 0 : 1);
  }

  /** Whether what is shown is what was seen before, and the interpreter is still on its way to it. */
  get goesBack(): boolean {
    return this.#made < this.#seen.length;
  }

  /** On the way back it waits until that is over. */
  go(command: Go): void {
    if (this.phase.kind === 'goes' && this.goesBack) this.#next = command;
    if (this.phase.kind !== 'stands') return;
    this.#under = { command, typed: [] };
    this.strayed = undefined;
    this.#enter({ kind: 'goes' });
    this.#line.give([command]);
  }

  type(text: string | null): void {
    if (this.phase.kind !== 'asks') return;
    (this.#seen[this.#made] ?? this.#under)?.typed.push(text);
    this.#enter({ kind: 'goes' });
    this.#line.give([{ kind: 'type', text }]);
  }

  /** To the step before; while a step is under way, to where it began. */
  back(): void {
    if (this.canGoBack) this.#again(this.#seen.length - (this.#under ? 0 : 1));
  }

  restart(): void {
    this.#again(Math.min(1, this.#seen.length));
  }

  end(): void {
    this.#line.end();
    this.#spare?.end();
  }

  #open(): Line {
    return new Line(this.#options.begin, this.#options.asked);
  }

  /** Makes the first steps of those that were seen in a new interpreter. */
  #again(steps: number): void {
    const begins = this.goesBack && this.#made === 0;
    this.#seen = this.#seen.slice(0, steps);
    this.#next = undefined;
    this.strayed = undefined;
    this.#under = steps === 0 ? { command: undefined, typed: [] } : undefined;
    // One that does not stand before the first line yet has not been told what to do.
    if (begins) {
      this.#enter({ kind: 'goes' });
      return;
    }
    this.#line.end();
    this.#line = this.#spare ?? this.#open();
    this.#spare = undefined;
    this.#made = 0;
    this.#printed = [];
    this.#asks = 0;
    this.#line.give(commandsOf(this.#seen.slice(0, 1)));
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
    if (this.#asks > (this.#seen[this.#made]?.typed.length ?? this.#under?.typed.length ?? 0))
      this.#enter({ kind: 'asks', asked: { prompt, secret } });
  }

  #stood(stands: Stands): void {
    const again = this.#seen[this.#made];
    const step = again ?? this.#under;
    if (!step) return;
    const seen: Seen = { ...step, stands, output: [...this.#printed, ...stands.output] };
    this.#printed = [];
    this.#asks = 0;
    const what = again && difference(again, seen);
    if (what !== undefined) this.strayed ??= { step: this.#made, what };
    this.#seen[this.#made] = seen;
    this.#made += 1;
    this.#under = undefined;
    if (again && this.#made === 1) this.#line.give(commandsOf(this.#seen.slice(1)));
    if (this.goesBack) return;
    if (this.#options.spare) this.#spare ??= this.#open();
    this.#enter({ kind: 'stands' });
    const next = this.#next;
    this.#next = undefined;
    // Of another way the reader has to hear first.
    if (next && !this.strayed) this.go(next);
  }
}
