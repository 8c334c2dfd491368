/** The modules of the test suites of distributions from PyPI that this kernel is held to. */

/** What each module of tests is about. */
export const aboutDistributions: Readonly<Record<string, string>> = {
  'greenlet.tests.test_greenlet': 'greenlet: `switch`, `throw`, parents, threads, garbage',
  'greenlet.tests.test_contextvars': 'greenlet: a context for each',
  'greenlet.tests.test_gc': 'greenlet: the garbage collector',
  'greenlet.tests.test_generator': 'greenlet: generators made of greenlets',
  'greenlet.tests.test_generator_nested': 'greenlet: nested generators made of greenlets',
  'greenlet.tests.test_greenlet_trash': 'greenlet: switches while objects are freed',
  'greenlet.tests.test_leaks': 'greenlet: what is left when threads end',
  'greenlet.tests.test_stack_saved': 'greenlet: the stack that is put aside',
  'greenlet.tests.test_throw': 'greenlet: `throw`',
  'greenlet.tests.test_tracing': 'greenlet: `settrace`, and `sys.setprofile` across switches',
  'greenlet.tests.test_weakref': 'greenlet: weak references',
};
