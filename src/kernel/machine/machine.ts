/**
 * The machine: what JavaScript does for the Python side of the kernel, as hardware does it for an operating system.
 *
 * `Operations` is what Python may call. `Machine` is what the process around it uses: it hands in what arrives from
 * outside and starts the first fiber.
 *
 * Invariant: Python sees plain numbers and one awaitable object. Everything that depends on how CPython lays out its
 * structures in memory stays on this side (`cpython/`).
 */
import type { ToBroker } from '../../protocol/broker.ts';
import { Builtins } from './cpython/builtins.ts';
import { CSide } from './cpython/c-side.ts';
import { ThreadStates } from './cpython/thread-state.ts';
import { Frames, type Mark } from './cpython/frames.ts';
import { type EventLoop, WorkerEventLoop } from './event-loop.ts';
import { Interrupts } from './interrupts.ts';
import type { EmscriptenModule, PromisingCallable } from './cpython/emscripten-module.ts';
import { readOffsets } from './cpython/offsets.ts';
import type { Call } from './c-calls.ts';
import type { OwnImports } from './own-imports.ts';
import type { SharedMemory } from './shared-memory.ts';
import { Switcher } from './switcher.ts';
import { type Slices, TimeSlices } from './time-slices.ts';

/**
 * The one real signal: a look is answered with it, and its Python handler is the kernel's
 * (_os_kernel/sched/preempt.py). Signals that programs send and handle are the kernel's own (_os_kernel/signals/).
 */
export const interruptSignal = 10;
/** Bytes of C stack that a thread may use: seven tenths of what was measured to be fatal (docs/adr/0008). */
const fiberStack = 512 << 10;

/** Something that comes from outside while Python runs or waits; Python takes it from its inbox (sched/inbox.py). */
type Arrival =
  | { readonly kind: 'signal'; readonly number: number }
  | { readonly kind: 'job'; readonly job: unknown }
  /** `asked` is JSON; so is what `answered` takes. */
  | { readonly kind: 'question'; readonly asked: string; readonly answered: (answer: string) => void }
  /** A line of input; `text` is undefined at the end of input, since JavaScript's null does not become None. */
  | { readonly kind: 'input'; readonly request: number; readonly text: string | undefined }
  /** The page connects to a port, sends on a connection (`last`: and nothing more), or gives one up (net/page.py). */
  | { readonly kind: 'connect'; readonly connection: number; readonly host: string; readonly port: number }
  | { readonly kind: 'send'; readonly connection: number; readonly data: Uint8Array; readonly last: boolean }
  | { readonly kind: 'close'; readonly connection: number }
  /** `archives` are `{name, content}`, not compressed; `problem` says why they are not all that was asked for. */
  | {
      readonly kind: 'packages';
      readonly request: number;
      readonly archives: unknown;
      readonly problem: string | undefined;
    }
  /** What the broker says (proc/calls.py). */
  | { readonly kind: 'broker'; readonly message: unknown }
  /** Python code that JavaScript called synchronously has made a fiber ready. */
  | { readonly kind: 'called' };

/** What the page does in the process's network. */
export type NetworkArrival = Extract<Arrival, { readonly kind: 'connect' | 'send' | 'close' }>;

/** With a fraction: a `float` in Python, where every other number is an `int`. */
type Milliseconds = number;

/**
 * What Python may call; the names follow Python's rules. `npm run stubs` writes what Python's side knows of it
 * (src/kernel/python/_os_kernel/machine.pyi).
 */
interface Operations {
  readonly suspension: object;
  prepare_switch(from: number, to: number): boolean;
  prepare_start(from: number, fiber: number): boolean;
  /** The thread of `from` goes on in another of its fibers, which may be new. */
  prepare_hand_over(from: number, to: number): boolean;
  prepare_idle(from: number, milliseconds?: Milliseconds | null): boolean;
  prepare_turn(from: number): boolean;
  /** Called first thing on a new fiber's stack: remembers its thread state and sets the limit of its C stack. */
  adopt(fiber: number): void;
  forget(fiber: number): void;
  /** The thread of `from`, whose job is done, goes on in `to` as soon as `from` is suspended or ends. */
  bequeath(from: number, to: number): void;
  /** A suspended fiber will never run again. */
  abandon(fiber: number): void;
  /** Bytes of C stack that are put aside for a suspended fiber. */
  saved(fiber: number): number;
  /** See `ThreadStates`: what goes along when a thread goes on in another of its fibers. */
  find_word(value: number): number;
  move_word(offset: number): void;
  context_at(offset: number): void;
  /** Exchanges the context of a fiber's stack with the only item of the list at `list`. */
  swap_context(fiber: number, list: number): void;
  /** Puts the innermost visible frame of a suspended fiber into the list at `list` (one None). */
  top_frame(fiber: number, list: number): void;
  /** See `ThreadStates.collectable` and `revive`. */
  collectable(object: number, on: boolean): void;
  revive(object: number): void;
  /** Gives the running thread state a thread's identity. */
  identify(ident: number, nativeId: number): void;
  /** Moves thread dict, local key and sentinel out of the running thread state into the list at `list` (three None). */
  take_locals(list: number): void;
  /** Resets the count of nested calls, so that `sys.setrecursionlimit` counts the program's calls and not the kernel's. */
  count_from_here(): void;
  /** Has C ask this Python function, given by its address, when it would wait (`_os_kernel/sched/c_waits.py`). */
  c_asks(asked: number): void;
  /** See `CSide.waiting`, `take` and `mark`. */
  c_waiting(count: number): void;
  c_take(address: number, how: number): boolean;
  c_mark(address: number, bits: number): void;
  mark(code: number, mark: Mark): void;
  /** See `Builtins.make`. */
  builtin(name: string, doc: string, callable: number, module: number, list: number): void;
  first_traceable(code: number): number;
  in_kernel(): boolean;
  /** Called after each suspension, also one that failed: forgets what was prepared. */
  resumed(fiber: number): void;
  /** The handler was called at a bad moment; `demanded`: it has something to do also if nothing has come from outside. */
  again(demanded: boolean): void;
  /** The handler is to be called at the next bytecode. */
  demand(): void;
  /** `on` while a signal has arrived whose Python handler has not run yet (`Interrupts.attend`). */
  attend(on: boolean): void;
  slice(): void;
  /** Whether the time slice is over or something waits from outside. */
  due(): boolean;
  /** Whether the running fiber may be suspended. */
  may_wait(): boolean;
  /** The handler is done, or may be interrupted; the time slice goes on. */
  go_on(): void;
  /** The oldest arrival, or undefined. */
  arrival(): Arrival | undefined;
  /** Python code that JavaScript called has made a fiber ready: wakes the fiber that sleeps on behalf of all. */
  called(): void;
  /** Asks the page for a line of input. Answers with a number; the arrival `input` that brings the line has the same. */
  ask(secret: boolean): number;
  /** Takes the request for input back: no thread waits for the line any more. */
  withdraw(): void;
  /** Whether standard input is a terminal, at which a person types. */
  terminal(): boolean;
  /** How many processors the browser says there are. */
  processors(): number;
  /** Tells the page which ports listen: JSON of a list of pairs, host and port. */
  page_listeners(listeners: string): void;
  /** Gives the page what came on one of its connections. */
  page_received(connection: number, data: { toJs(): Uint8Array }): void;
  /** Tells the page that one of its connections has ended; `error` is empty at an orderly end. */
  page_ended(connection: number, error: string): void;
  /** Asks the page for packages, by names with spaces between. Answers with a number; the arrival `packages` has the same. */
  ask_packages(names: string): number;
  /** Tells the broker a message of src/protocol/broker.ts: JSON, and beside it the bytes of its `content`. */
  tell_broker(message: string, content?: { toJs(): Uint8Array }): void;
  /** See `SharedMemory.share` and `open`. */
  memory_share(fd: number, handle: number): number | undefined;
  memory_open(handle: number, path: string, flags: number, closeOnExec: boolean): number;
  /** The call of C that was refused with EINTR to be answered here; asked once. */
  c_call(): Call | undefined;
  /** What the retry of that call returns; `bytes` is a proxy of Python's. */
  give_bytes(bytes: { toJs(): Uint8Array }): void;
  give_number(value: number): void;
  /** The name of the error that the retry ends in. */
  give_error(name: string): void;
  suspended(): number;
}

export interface Machine {
  readonly operations: Operations;
  /** Hands an arrival to Python: wakes it if it is idle, interrupts it at its next bytecode if it runs. */
  post(arrival: Arrival): void;
  /** Runs the first fiber. `entry` is Python's; it is called with the number of each new fiber. */
  boot(entry: PromisingCallable, fiber: number): void;
}

export interface MachineOptions {
  /** Those that the module was instantiated with. */
  readonly own: OwnImports;
  /** Milliseconds of real time, however fast the cell's clock runs. */
  readonly now: () => number;
  /** Real milliseconds for milliseconds of the cell's clock. */
  readonly real: (milliseconds: number) => number;
  /** What wakes an idle machine; by default this worker's event loop. */
  readonly loop?: EventLoop;
  /** When one fiber has to make room for another; by default the clock says so. */
  readonly slices?: Slices;
  /** Whoever shows the program and types its input. An answer is posted as an arrival. */
  readonly keyboard: {
    ask(request: number, secret: boolean): void;
    withdraw(): void;
    terminal(): boolean;
  };
  /** Whoever enters the process's network from outside. What it does is posted as arrivals. */
  readonly network: {
    listening(listeners: readonly (readonly [host: string, port: number])[]): void;
    received(connection: number, data: Uint8Array<ArrayBuffer>): void;
    ended(connection: number, error: string): void;
  };
  /** Asks for packages; the answer is posted as an arrival with the number that it gives. */
  readonly askPackages: (names: readonly string[]) => number;
  /** Tells the broker; what it says is posted as an arrival. */
  readonly tellBroker: (message: ToBroker) => void;
  /** What this process shares with others, if there can be any. */
  readonly memory?: Pick<SharedMemory, 'share' | 'open' | 'slice' | 'idle'>;
  /** How many processors there are for processes. */
  readonly processors: number;
  /** The interpreter is lost. */
  readonly failed: (reason: unknown) => void;
}

/** Tells CPython how much C stack the current thread state may use from here on. */
function protectStack(module: EmscriptenModule): void {
  const start = Math.max(module.stackSave() - fiberStack, module._emscripten_stack_get_end());
  module._PyUnstable_ThreadState_SetStackProtection(module._PyThreadState_Get(), start, module.stackSave() - start);
}

export function createMachine(module: EmscriptenModule, options: MachineOptions): Machine {
  // JavaScript calls Python outside of any fiber, too: to free what it held, for example.
  protectStack(module);
  const offsets = readOffsets(module);
  const frames = new Frames(module, offsets);
  const cSide = new CSide(module, offsets);
  const threadStates = new ThreadStates(module, offsets);
  const slices = options.slices ?? new TimeSlices(module, offsets, options.now);
  const interrupts = new Interrupts(module, frames, cSide, interruptSignal, slices);
  const builtins = new Builtins(module, offsets);
  const { calls, descriptors, looks, memory } = options.own;
  memory.keepFor(() => {
    const refused = frames.ofProgram();
    // It may have been the interrupt handler that could not be called for lack of memory: then it is not running.
    if (refused) interrupts.release();
    return refused;
  });
  calls.begin(interrupts);
  descriptors.terminal = () => options.keyboard.terminal();
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
    interrupts.look();
  };
  descriptors.changed = () => {
    interrupts.demanded = true;
    interrupts.look();
  };
  const operations: Operations = {
    suspension: {
      then: (resolve: () => void) => {
        running().suspension.then(resolve);
      },
      // Python gives each JavaScript object a class by the members it has. These make sure that no promise of a
      // program has the same class, because `attach` sets an attribute on it.
      get: () => undefined,
      has: () => false,
      [Symbol.dispose]: () => undefined,
    },
    prepare_switch: (from, to) => running().prepare(from, { kind: 'switch', to }),
    prepare_start: (from, fiber) => running().prepare(from, { kind: 'start', fiber }),
    prepare_hand_over: (from, to) => running().prepare(from, { kind: 'hand over', to }),
    prepare_idle: (from, milliseconds) => {
      options.memory?.idle();
      return running().prepare(from, {
        kind: 'idle',
        milliseconds: milliseconds === undefined || milliseconds === null ? null : options.real(milliseconds),
      });
    },
    prepare_turn: (from) => running().prepare(from, { kind: 'turn' }),
    adopt: (fiber) => {
      running().adopt(fiber);
      protectStack(module);
    },
    forget: (fiber) => {
      running().forget(fiber);
    },
    bequeath: (from, to) => {
      running().bequeath(from, to);
    },
    abandon: (fiber) => {
      running().abandon(fiber);
    },
    saved: (fiber) => running().saved(fiber),
    find_word: (value) => threadStates.find(value),
    move_word: (offset) => {
      threadStates.move(offset);
    },
    context_at: (offset) => {
      threadStates.contextAt(offset);
    },
    swap_context: (fiber, list) => {
      threadStates.swapContext(running().tstateOf(fiber), list);
    },
    top_frame: (fiber, list) => {
      threadStates.topFrame(running().tstateOf(fiber), list);
    },
    collectable: (object, on) => {
      threadStates.collectable(object, on);
    },
    revive: (object) => {
      threadStates.revive(object);
    },
    identify: (ident, nativeId) => {
      cSide.identify(ident, nativeId);
      interrupts.look();
    },
    c_asks: (asked) => {
      cSide.ask(asked);
    },
    c_waiting: (count) => {
      cSide.waiting(count);
    },
    c_take: (address, how) => cSide.take(address, how),
    c_mark: (address, bits) => {
      cSide.mark(address, bits);
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
    again: (demanded) => {
      interrupts.again();
      if (demanded || descriptors.unsettled) interrupts.demanded = true;
    },
    demand: () => {
      interrupts.demanded = true;
      interrupts.look();
    },
    slice: () => {
      options.memory?.slice();
      interrupts.slice();
    },
    due: () => interrupts.due(),
    may_wait: () => interrupts.mayWait,
    go_on: () => {
      interrupts.release();
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
    processors: () => options.processors,
    page_listeners: (listeners) => {
      options.network.listening(JSON.parse(listeners) as [string, number][]);
    },
    page_received: (connection, data) => {
      // A copy of its own, never shared memory.
      options.network.received(connection, data.toJs() as Uint8Array<ArrayBuffer>);
    },
    page_ended: (connection, error) => {
      options.network.ended(connection, error);
    },
    ask_packages: (names) => options.askPackages(names.split(' ')),
    tell_broker: (message, content) => {
      const fields = JSON.parse(message) as ToBroker;
      options.tellBroker(content ? ({ ...fields, content: content.toJs() } as ToBroker) : fields);
    },
    memory_share: (fd, handle) => (options.memory === undefined ? 0 : options.memory.share(fd, handle)),
    memory_open: (handle, path, flags, closeOnExec) => options.memory?.open(handle, path, flags, closeOnExec) ?? -1,
    c_call: () => calls.take(),
    give_bytes: (bytes) => {
      calls.give({ value: bytes.toJs() });
    },
    give_number: (value) => {
      calls.give({ value });
    },
    give_error: (name) => {
      calls.give({ error: name });
    },
    suspended: () => switcher?.suspended ?? 0,
  };
  return {
    operations,
    post,
    boot: (entry, fiber) => {
      if (switcher !== null) throw new Error('a machine boots once');
      const loop = options.loop ?? new WorkerEventLoop();
      switcher = new Switcher(
        module,
        frames,
        cSide,
        threadStates,
        interrupts,
        options.now,
        loop,
        entry,
        options.failed,
      );
      looks.begin(module, () => interrupts.ask());
      switcher.start(fiber);
    },
  };
}
