/** A page with a session and nothing else, for tests of the kernel: the driver's own page, in a real browser. */
import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-core';
import type { CellMode, NetworkConditions } from '../../src/protocol/cell.ts';
import type { OutputEvent } from '../../src/protocol/event.ts';
import type { RunRequest } from '../../src/protocol/run.ts';
import { openChromium } from '../../src/recorder/driver/chromium.ts';
import type {} from '../../src/recorder/driver/page.ts';
import { serveDriver } from '../../src/recorder/driver/server.ts';
import type { RunEnd } from '../../src/session/contract.ts';

interface Ran {
  readonly events: readonly OutputEvent[];
  readonly end: RunEnd;
  readonly stdout: string;
  readonly stderr: string;
  readonly results: readonly string[];
  /** The traceback without its colours. */
  readonly traceback: string;
}

export interface KernelPage extends AsyncDisposable {
  readonly page: Page;
  readonly address: string;
  run(source: string, options?: RunOptions): Promise<Ran>;
  /** Presses Stop when `source` has printed a line. */
  runAndStop(source: string, options?: RunOptions): Promise<Ran>;
}

interface RunOptions {
  readonly mode?: CellMode;
  readonly namespace?: string;
  readonly filename?: string;
  readonly packages?: readonly string[];
  readonly net?: NetworkConditions;
  readonly timeline?: boolean;
  readonly labels?: true;
  readonly schedule?: string;
}

export async function openKernelPage(): Promise<KernelPage> {
  await using resources = new AsyncDisposableStack();
  const { address } = resources.use(await serveDriver());
  const { page } = resources.use(await openChromium(address));
  const owned = resources.move();
  return {
    page,
    address,
    run: (source, options = {}) => runIn(page, source, options, false),
    runAndStop: (source, options = {}) => runIn(page, source, options, true),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function runIn(
  page: Page,
  source: string,
  { mode = 'notebook', namespace = 'chapter', filename = 'cell.py', packages = [], net, ...shown }: RunOptions,
  stop: boolean,
): Promise<Ran> {
  const any = { source, filename, clock: 1, packages, ...(net && { net }), ...shown };
  const request: RunRequest = mode === 'notebook' ? { mode, ...any, namespace } : { mode, ...any, argv: [] };
  const { events, end } = await page.evaluate(
    async ({ request, stop }) => {
      const events: OutputEvent[] = [];
      let stopped = !stop;
      const end = await window.driver.run(request, (batch) => {
        events.push(...batch);
        // A line may come in two pieces, and Stop between them would end the call that prints it.
        if (stopped || !batch.some((event) => event.type === 'stdout' && event.text.endsWith('\n'))) return;
        stopped = true;
        void window.driver.stop();
      });
      return { events, end };
    },
    { request, stop },
  );
  const texts = (type: 'stdout' | 'stderr' | 'result') =>
    events.flatMap((event) => (event.type === type ? [event.text] : []));
  const tracebacks = events.flatMap((event) => (event.type === 'error' ? [event.traceback] : []));
  return {
    events,
    end,
    stdout: texts('stdout').join(''),
    stderr: texts('stderr').join(''),
    results: texts('result'),
    traceback: stripVTControlCharacters(tracebacks.join('')),
  };
}
