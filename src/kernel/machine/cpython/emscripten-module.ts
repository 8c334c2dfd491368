/** What the fibers need of Pyodide's Emscripten module: the only place that names its private parts (Pyodide 314.0). */

/** A suspended C stack, from `start` up to `stop`. `_copy` holds as many of its lower bytes as have been put aside. */
interface StackState {
  readonly start: number;
  readonly stop: number;
  _copy: Uint8Array;
  /** Puts aside all below `stop`; answers with the number of bytes that are put aside, 0 if there were no more. */
  _save_up_to: (this: StackState, stop: number) => number;
  restore: (this: StackState) => number;
}

export interface EmscriptenModule {
  /** Whether this browser has JavaScript Promise Integration: only then can a call suspend. */
  readonly jspiSupported: boolean;
  readonly FS: {
    mknod: (path: string, mode: number, device: number) => unknown;
    open: (path: unknown, flags: unknown, mode?: number) => unknown;
  };
  readonly HEAP8: Int8Array;
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPU32: Uint32Array;
  /** Address of `_PyRuntime`, whose first member is `_Py_DebugOffsets`. */
  readonly __PyRuntime: number;
  /** Address of a byte: whether CPython looks for signals at all (CPython, Python/emscripten_signal.c). */
  readonly _Py_EMSCRIPTEN_SIGNAL_HANDLING: number;
  /** Address of the countdown to its next look. */
  readonly __Py_emscripten_signal_clock: number;
  /** False while JavaScript calls Python synchronously: a suspension then would have to unwind JavaScript frames. */
  readonly validSuspender: { value: boolean };
  /** Makes a Python exception of what JavaScript has thrown. */
  handle_js_error: (thrown: unknown) => void;
  _PyThreadState_Get(): number;
  /** The ident that C takes for the running thread's. */
  _PyThread_get_thread_ident(): number;
  /** 0 where C has given the interpreter's lock away for a while. */
  _PyThreadState_GetUnchecked(): number;
  /** While entered, no trace or profile function of a program is called on this thread state. */
  _PyThreadState_EnterTracing(tstate: number): void;
  _PyThreadState_LeaveTracing(tstate: number): void;
  _PyThreadState_GetDict(): number;
  /** A new reference to the innermost complete frame of a thread state that is not running; 0 if it has none. */
  _PyThreadState_GetFrame(tstate: number): number;
  _PyObject_GC_Track(object: number): void;
  _PyObject_GC_UnTrack(object: number): void;
  /** Address of None. */
  readonly __Py_NoneStruct: number;
  _PyUnstable_ThreadState_SetStackProtection(tstate: number, start: number, size: number): number;
  _emscripten_stack_get_base(): number;
  _emscripten_stack_get_end(): number;
  /** Pyodide's class of C stacks that have been suspended (`stack-copies.ts`). */
  readonly StackState: { readonly prototype: StackState };
  stackSave(): number;
  stackRestore(pointer: number): void;
  stringToNewUTF8(text: string): number;
  UTF8ToString(address: number): string;
  /** Numbers of errors as C has them here, by name. */
  readonly ERRNO_CODES: Readonly<Record<string, number>>;
  _malloc(bytes: number): number;
  _emscripten_builtin_memalign(alignment: number, bytes: number): number;
  _emscripten_builtin_free(address: number): void;
  /** Makes the memory `bytes` large, a multiple of a page; 1 if it could. */
  growMemory(bytes: number): 1 | undefined;
  /** The index of a WebAssembly function in the table of function pointers. */
  addFunction(exported: unknown, signature: string): number;
  readonly _PyObject_Vectorcall: unknown;
  _PyCMethod_New(definition: number, self: number, module: number, cls: number): number;
}

/** A Python callable that may suspend when called with `callPromising`. */
export interface PromisingCallable {
  callPromising(...args: readonly unknown[]): Promise<unknown>;
}
