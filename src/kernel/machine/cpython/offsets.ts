/**
 * Offsets of CPython's structures, read from `_Py_DebugOffsets` at boot.
 * Invariant: either every offset is proven for this interpreter, or `readOffsets` throws and no fiber is ever made.
 */
import type { EmscriptenModule } from './emscripten-module.ts';

export interface Offsets {
  /** Bytes of a thread state, without CPython's private part behind it. */
  readonly threadSize: number;
  readonly currentFrame: number;
  readonly threadId: number;
  readonly nativeThreadId: number;
  /** The two words in which `threading.local` keeps its key and its sentinel; they stand before the remote debugger's. */
  readonly localKey: number;
  readonly localSentinel: number;
  readonly threadDict: number;
  /** How many calls of Python may still be nested; the word after it is `sys.getrecursionlimit()`. */
  readonly recursionRemaining: number;
  readonly framePrevious: number;
  readonly frameExecutable: number;
  readonly listItems: number;
  readonly codeFilename: number;
  /** Where the characters of an ASCII string begin. */
  readonly asciiText: number;
  /** The size of a variable-sized object. */
  readonly varSize: number;
  /** `_co_firsttraceable`: frames that stand before it are invisible to tracebacks and to `sys._getframe`. */
  readonly firstTraceable: number;
  /** Absolute address of the collector's `collecting` flag. */
  readonly collecting: number;
  /** Absolute address of the main thread's ident, which is what C is told as its own (src/kernel/build/waits/). */
  readonly mainThread: number;
  /** Absolute address of the switch interval in microseconds (`sys.setswitchinterval`). */
  readonly switchInterval: number;
}

const COOKIE = 'xdebugpy';
/** The layout of `_Py_DebugOffsets` belongs to a feature version: 3.14. */
const FEATURE_VERSION = 0x030e;
const DEFAULT_SWITCH_INTERVAL = 5000;
const DEFAULT_RECURSION_LIMIT = 1000;
/** Calls of Python that may be under way while offsets are read. */
const DEEPEST_BOOT = 100;
/** Bytes of `_PyRuntime` in which the main thread's ident is looked for. */
const RUNTIME_START = 4096;

/** Positions in `_Py_DebugOffsets`, counted in 64-bit words (Include/internal/pycore_debug_offsets.h of 3.14). */
const WORD = {
  version: 1,
  freeThreaded: 2,
  interpreterGc: 11,
  interpreterGil: 15,
  threadSize: 22,
  threadInterpreter: 25,
  threadFrame: 26,
  threadId: 27,
  threadNativeId: 28,
  frameSize: 31,
  framePrevious: 32,
  frameExecutable: 33,
  codeFilename: 40,
  codeAdaptive: 48,
  listItems: 60,
  listSize: 61,
  asciiSize: 80,
  gcSize: 81,
  gcCollecting: 82,
  remoteDebugger: 90,
} as const;

class UnknownInterpreter extends Error {
  constructor(what: string) {
    super(`fibers need CPython 3.14 as built for Pyodide 314.0: ${what}`);
    this.name = 'UnknownInterpreter';
  }
}

export function readOffsets(module: EmscriptenModule): Offsets {
  const { HEAPU32, HEAP8 } = module;
  const base = module.__PyRuntime;
  const word = (index: number): number => {
    const value = HEAPU32[(base >> 2) + 2 * index];
    if (value === undefined) throw new UnknownInterpreter('the runtime is out of reach');
    return value;
  };
  const cookie = String.fromCharCode(...HEAP8.subarray(base, base + COOKIE.length));
  if (cookie !== COOKIE) throw new UnknownInterpreter('no debug offsets');
  if (word(WORD.version) >>> 16 !== FEATURE_VERSION)
    throw new UnknownInterpreter(`version ${word(WORD.version).toString(16)}`);
  if (word(WORD.freeThreaded) !== 0) throw new UnknownInterpreter('free-threaded build');
  const threadSize = word(WORD.threadSize);
  const plausible = [WORD.threadFrame, WORD.threadId, WORD.threadNativeId, WORD.remoteDebugger];
  if (plausible.some((index) => word(index) >= threadSize)) throw new UnknownInterpreter('thread state');
  if (word(WORD.framePrevious) >= word(WORD.frameSize)) throw new UnknownInterpreter('frame');
  if (word(WORD.gcCollecting) >= word(WORD.gcSize)) throw new UnknownInterpreter('collector');

  const tstate = module._PyThreadState_Get();
  const read = (address: number): number => HEAPU32[address >> 2] ?? 0;
  const interpreter = read(tstate + word(WORD.threadInterpreter));
  const switchInterval = read(interpreter + word(WORD.interpreterGil));
  if (read(switchInterval) !== DEFAULT_SWITCH_INTERVAL) throw new UnknownInterpreter('switch interval');
  const dict = module._PyThreadState_GetDict();
  const threadDict = [...Array(threadSize >> 2).keys()].map((i) => i * 4).find((at) => read(tstate + at) === dict);
  if (threadDict === undefined) throw new UnknownInterpreter('thread dict');
  // `py_recursion_remaining` and `py_recursion_limit`: at this point hardly any call is under way.
  const recursion = [...Array(word(WORD.threadFrame) >> 2).keys()]
    .map((i) => i * 4)
    .filter((at) => read(tstate + at + 4) === DEFAULT_RECURSION_LIMIT)
    .filter((at) => Math.abs(read(tstate + at) - DEFAULT_RECURSION_LIMIT) < DEEPEST_BOOT);
  const [recursionRemaining] = recursion;
  if (recursionRemaining === undefined || recursion.length > 1) throw new UnknownInterpreter('recursion');
  const mainThread = findMainThread(module);
  if (mainThread === undefined) throw new UnknownInterpreter('thread ident');
  // The trace and profile functions (4 words), the exception on its way and the one handled stand between the two.
  if (threadDict - word(WORD.threadFrame) !== 28) throw new UnknownInterpreter('trace functions');
  return {
    threadSize,
    currentFrame: word(WORD.threadFrame),
    threadId: word(WORD.threadId),
    nativeThreadId: word(WORD.threadNativeId),
    localKey: word(WORD.remoteDebugger) - 8,
    localSentinel: word(WORD.remoteDebugger) - 4,
    threadDict,
    recursionRemaining,
    framePrevious: word(WORD.framePrevious),
    frameExecutable: word(WORD.frameExecutable),
    listItems: word(WORD.listItems),
    codeFilename: word(WORD.codeFilename),
    asciiText: word(WORD.asciiSize),
    varSize: word(WORD.listSize),
    firstTraceable: word(WORD.codeAdaptive) - 8,
    collecting: interpreter + word(WORD.interpreterGc) + word(WORD.gcCollecting),
    mainThread,
    switchInterval,
  };
}

/** The word that C tells as the ident of the thread that runs: it holds the ident, and C tells what is written there. */
function findMainThread(module: EmscriptenModule): number | undefined {
  const ident = module._PyThread_get_thread_ident();
  const another = ident + 1;
  const { HEAPU32 } = module;
  return [...Array(RUNTIME_START >> 2).keys()]
    .map((index) => module.__PyRuntime + 4 * index)
    .filter((at) => HEAPU32[at >> 2] === ident)
    .find((at) => {
      HEAPU32[at >> 2] = another;
      const told = module._PyThread_get_thread_ident();
      HEAPU32[at >> 2] = ident;
      return told === another;
    });
}
