/**
 * What the Python side of the kernel may ask of JavaScript: the machine under CPython's operating system.
 * Invariant: Python sees plain numbers and one awaitable; every private offset stays on this side.
 */
import { Builtins } from './cpython/builtins.ts';
import { Frames, type Mark } from './cpython/frames.ts';
import { Interrupts } from './interrupts.ts';
import type { Memory } from './memory.ts';
import type { EmscriptenModule, PromisingCallable } from './cpython/emscripten-module.ts';
import { readOffsets } from './cpython/offsets.ts';
import { StandardInput } from './standard-input.ts';
import { Switcher } from './switcher.ts';

/** What comes from outside while Python runs or waits. */
type Arrival =
  | { readonly kind: 'signal'; readonly number: number }
  | { readonly kind: 'job'; readonly job: unknown }
  /** `asked` is JSON; so is what `answered` takes. */
  | { readonly kind: 'question'; readonly asked: string; readonly answered: (answer: string) => void }
  /** JavaScript's null is not None. */
  | { readonly kind: 'input'; readonly request: number; readonly text: string | undefined }
  /** Python that JavaScript has called made a fiber ready. */
  | { readonly kind: 'called' };

/** What Python may call; the names follow Python's rules (src/kernel/python/_os_kernel/machine.py). */
interface Operations {
  readonly suspension: object;
  prepare_switch(from: number, to: number): boolean;
  prepare_start(from: number, fiber: number): boolean;
  prepare_idle(from: number, milliseconds?: number | null): boolean;
  prepare_turn(from: number): boolean;
  /** On the new fiber's stack: takes note of its thread state and protects its C stack. */
  adopt(fiber: number): void;
  forget(fiber: number): void;
  /** Gives the running thread state a thread's identity. */
  identify(ident: number, nativeId: number): void;
  /** Moves thread dict, local key and sentinel out of the running thread state into the list at `list` (three None). */
  take_locals(list: number): void;
  /** Forgets the kernel's own calls on the running stack: `sys.setrecursionlimit` is about a program's. */
  count_from_here(): void;
  mark(code: number, mark: Mark): void;
  /** See `Builtins.make`. */
  builtin(name: string, doc: string, callable: number, module: number, list: number): void;
  first_traceable(code: number): number;
  in_kernel(): boolean;
  /** After each suspension, or after its failure: forgets what was prepared. */
  resumed(fiber: number): void;
  again(): void;
  /** Whether a signal waits for its handler: then the interrupt buffer answers at once. */
  attend(on: boolean): void;
  slice(): void;
  /** The oldest arrival, or undefined. */
  arrival(): Arrival | undefined;
  /** Ends idleness from Python that JavaScript has called. */
  called(): void;
  /** Asks for input, shown or hidden while it is typed; the arrival `input` with the answer will bear this number. */
  ask(secret: boolean): number;
  /** Nobody waits for the answer any more. */
  withdraw(): void;
  /** Whether a person types the input. */
  terminal(): boolean;
  /** How many bytes C was refused when it read standard input; 0 if it did not. */
  wanted(): number;
  /** What that read is answered with; `bytes` is a proxy of Python's. */
  give(bytes: { toJs(): Uint8Array }): void;
  suspended(): number;
}

export interface Machine {
  readonly operations: Operations;
  /** Hands an arrival to Python: wakes it if it is idle, interrupts it at its next bytecode if it runs. */
  post(arrival: Arrival): void;
  /** Runs the first fiber. `entry` is Python's; it is called with the number of each new fiber. */
  boot(entry: PromisingCallable, fiber: number): void;
  readonly interruptBuffer: object;
  /** Reads standard input for C. */
  read(into: Uint8Array): number;
}

export interface MachineOptions {
  readonly memory: Memory;
  /** The signal number that Python has a handler of ours for. */
  readonly signal: number;
  /** Unscaled milliseconds. */
  readonly now: () => number;
  /** Real milliseconds for milliseconds of the cell's clock. */
  readonly real: (milliseconds: number) => number;
  /** Bytes of C stack that a fiber may use before RecursionError. */
  readonly stackBytes: number;
  /** Whoever shows the program and types its input. An answer is posted as an arrival. */
  readonly keyboard: {
    ask(request: number, secret: boolean): void;
    withdraw(): void;
    terminal(): boolean;
  };
  /** The interpreter is lost. */
  readonly failed: (reason: unknown) => void;
}

export function createMachine(module: EmscriptenModule, options: MachineOptions): Machine {
  const offsets = readOffsets(module);
  const frames = new Frames(module, offsets);
  const interrupts = new Interrupts(module, offsets, frames, options.signal, options.now);
  const builtins = new Builtins(module, offsets);
  options.memory.keepFor(() => {
    const refused = frames.ofProgram();
    // The handler may be what there was no memory to call: then it will not say that it is done.
    if (refused) interrupts.release();
    return refused;
  });
  const input = new StandardInput(interrupts);
  const inbox: Arrival[] = [];
  let requests = 0;
  let switcher: Switcher | null = null;
  const running = (): Switcher => {
    if (switcher === null) throw new Error('no fiber has been started');
    return switcher;
  };
  const post = (arrival: Arrival): void => {
    inbox.push(arrival);
    switcher?.notify();
    interrupts.pending = true;
  };
  const operations: Operations = {
    suspension: {
      then: (resolve: () => void) => {
        running().suspension.then(resolve);
      },
      // Nothing reads these: they give the proxy a type that no promise of a program shares.
      get: () => undefined,
      has: () => false,
      [Symbol.dispose]: () => undefined,
    },
    prepare_switch: (from, to) => running().prepare(from, { kind: 'switch', to }),
    prepare_start: (from, fiber) => running().prepare(from, { kind: 'start', fiber }),
    prepare_idle: (from, milliseconds) =>
      running().prepare(from, {
        kind: 'idle',
        milliseconds: milliseconds === undefined || milliseconds === null ? null : options.real(milliseconds),
      }),
    prepare_turn: (from) => running().prepare(from, { kind: 'turn' }),
    adopt: (fiber) => {
      running().adopt(fiber);
      const start = Math.max(module.stackSave() - options.stackBytes, module._emscripten_stack_get_end());
      module._PyUnstable_ThreadState_SetStackProtection(module._PyThreadState_Get(), start, module.stackSave() - start);
    },
    forget: (fiber) => {
      running().forget(fiber);
    },
    identify: (ident, nativeId) => {
      const tstate = module._PyThreadState_Get();
      module.HEAPU32[(tstate + offsets.threadId) >> 2] = ident;
      module.HEAPU32[(tstate + offsets.nativeThreadId) >> 2] = nativeId;
    },
    take_locals: (list) => {
      const tstate = module._PyThreadState_Get();
      const items = module.HEAPU32[(list + offsets.listItems) >> 2] ?? 0;
      [offsets.threadDict, offsets.localKey, offsets.localSentinel].forEach((offset, index) => {
        const owned = module.HEAPU32[(tstate + offset) >> 2] ?? 0;
        if (owned === 0) return;
        module.HEAPU32[(tstate + offset) >> 2] = 0;
        module.HEAPU32[(items >> 2) + index] = owned;
      });
    },
    count_from_here: () => {
      const at = (module._PyThreadState_Get() + offsets.recursionRemaining) >> 2;
      module.HEAPU32[at] = module.HEAPU32[at + 1] ?? 0;
    },
    mark: (code, mark) => {
      frames.mark(code, mark);
    },
    builtin: (name, doc, callable, moduleName, list) => {
      builtins.make(name, doc, callable, moduleName, list);
    },
    first_traceable: (code) => frames.firstTraceable(code),
    in_kernel: () => frames.inKernel(),
    resumed: (fiber) => {
      running().resumed(fiber);
    },
    attend: (on) => {
      interrupts.attend(on);
    },
    again: () => {
      interrupts.again();
    },
    slice: () => {
      interrupts.slice();
    },
    arrival: () => {
      const arrival = inbox.shift();
      interrupts.pending = inbox.length > 0;
      return arrival;
    },
    called: () => {
      post({ kind: 'called' });
    },
    ask: (secret) => {
      requests += 1;
      options.keyboard.ask(requests, secret);
      return requests;
    },
    withdraw: () => {
      options.keyboard.withdraw();
    },
    terminal: () => options.keyboard.terminal(),
    wanted: () => input.take(),
    give: (bytes) => {
      input.give(bytes.toJs());
    },
    suspended: () => switcher?.suspended ?? 0,
  };
  return {
    operations,
    interruptBuffer: interrupts.buffer(),
    read: (into) => input.read(into),
    post,
    boot: (entry, fiber) => {
      if (switcher !== null) throw new Error('a machine boots once');
      switcher = new Switcher(module, frames, interrupts, options.now, entry, options.failed);
      switcher.start(fiber);
    },
  };
}
