/**
 * Runs one module of tests in a fresh kernel, and goes on after a test that ended the kernel.
 *
 * Invariant: every test that began is in the results once; a kernel that died, hung, or could not load the module is
 * a result too, never silence.
 */
import type { Driver } from '../../src/recorder/driver/contract.ts';

type Kind = 'passed' | 'failed' | 'skipped' | 'timed out' | 'crashed';

export interface TestResult {
  readonly test: string;
  readonly kind: Kind;
  /** The traceback's end, or the reason of a skip. */
  readonly why: string;
  readonly seconds: number;
}

interface Limits {
  /** Seconds for one test. */
  readonly test: number;
  /** Seconds for the whole module in one kernel. */
  readonly module: number;
}

/** A notebook cell runs in an event loop; these tests start loops of their own, as a program does. */
const program = (words: readonly string[]) => `import asyncio, runpy, sys
sys.argv = ${JSON.stringify(words)}
_loop = asyncio.get_running_loop()
_task = asyncio.current_task()
asyncio.tasks._leave_task(_loop, _task)
asyncio._set_running_loop(None)
_hooks = sys.get_asyncgen_hooks()
sys.set_asyncgen_hooks(None, None)
_hook, sys.displayhook = sys.displayhook, sys.__displayhook__
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    sys.displayhook = _hook
    sys.set_asyncgen_hooks(*_hooks)
    asyncio._set_running_loop(_loop)
    asyncio.tasks._enter_task(_loop, _task)
`;

interface Report extends Partial<TestResult> {
  readonly event: 'start' | 'end' | 'finished';
}

/** Lines of `runner/` among whatever tests print. */
function readReports(output: string): Report[] {
  return output.split('\n').flatMap((line) => {
    const at = line.indexOf('@@{');
    return at < 0 ? [] : [JSON.parse(line.slice(at + 2)) as Report];
  });
}

export async function runModule(
  driver: Driver,
  module: string,
  limits: Limits,
  only: readonly string[],
  unrun: readonly string[],
  processes: boolean,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (;;) {
    await driver.restart();
    const done = Object.fromEntries(results.map(({ test }) => [test, '@done']));
    const words = ['/conformance/runner', '--path', '/conformance/lib', '--suites', '/conformance/suites'];
    words.push(
      '--limit',
      String(limits.test),
      '--not',
      JSON.stringify(unrun),
      '--skip',
      JSON.stringify(done),
      ...only.flatMap((part) => ['--only', part]),
      ...(processes ? ['--processes'] : []),
      module,
    );
    let output = '';
    let errors = '';
    const request = {
      mode: 'notebook',
      source: program(words),
      filename: 'conformance',
      namespace: 'main',
      clock: 1,
    } as const;
    const { end } = await driver.run(request, {
      timeoutSeconds: limits.module,
      onEvents: (events) => {
        for (const event of events) {
          if (event.type === 'stdout') output += event.text;
          else if (event.type === 'stderr') errors += event.text;
          else if (event.type === 'error') errors += event.traceback;
        }
      },
    });
    const reports = readReports(output);
    for (const { event, test = '', kind = 'failed', why = '', seconds = 0 } of reports)
      if (event === 'end' && why !== '@done') results.push({ test, kind, why, seconds });
    const last = reports.at(-1);
    if (last?.event === 'finished') return results;
    const fault = end.outcome === 'fault' ? `${end.fault.what} ${end.fault.why}` : `The run ended: ${end.outcome}.`;
    const why = `${fault}\n${errors.slice(-2000)}`;
    const test = last?.event === 'start' ? last.test : undefined;
    // Nothing to go on after: the module could not be loaded, or the kernel died between two tests.
    results.push({ test: test ?? `test.${module}`, kind: 'crashed', why, seconds: 0 });
    if (test === undefined) return results;
  }
}
