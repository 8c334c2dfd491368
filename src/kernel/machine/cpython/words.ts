/**
 * The first 1,024 bytes of memory, where C keeps nothing: who uses which of them.
 *
 * Invariant: no two uses overlap.
 */
export const lowMemory = {
  /** A word that stays 0 (src/kernel/build/stack/stack-guard.ts). */
  nothing: 8,
  /** `words`, 4 bytes each. */
  words: 16,
  /** Tables of error numbers (src/kernel/build/errno/renumber.ts), up to the end. */
  errorNumbers: 64,
  end: 1024,
} as const;

/**
 * Through these words the changed module (src/kernel/build/waits/) and the machine know of each other. Each is 0 until
 * the machine sets it.
 */
export const words = {
  /** The Python function that C asks when it would wait: `_os_kernel.sched.c_waits.asked`. */
  asked: lowMemory.words,
  /** The thread state of the fiber that runs, for C that has given the interpreter's lock away. */
  threadState: lowMemory.words + 4,
  /** How many threads wait for a lock of C's: while it is 0, nobody is told that one is released. */
  waiting: lowMemory.words + 8,
  /** One of `refusal`, since the innermost foreign call of `ctypes` began. */
  refused: lowMemory.words + 12,
} as const;

/** Whether Python could not block because JavaScript waits for it, and whether the exception that says so was ignored. */
export const refusal = { none: 0, told: 1, ignored: 2 } as const;

/** What C asks for, as `_os_kernel.sched.c_waits` has it, too. */
export const request = { sleep: 0, lock: 1, mutex: 2, released: 3, entersConnection: 4, blocked: 5 } as const;
