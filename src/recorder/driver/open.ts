/**
 * Opens the kernel that readers get, in a headless browser driven from Node.
 *
 * Invariant: a run always ends, by its own end or by its time limit; after a time limit the interpreter is new.
 */
import type { Fault } from '../../protocol/fault.ts';
import type { OutputEvent } from '../../protocol/event.ts';
import type { Asked, RunEnd, SessionState } from '../../session/contract.ts';
import { driveChromium } from './chromium.ts';
import type { Driver, DriverOptions, DriverRun } from './contract.ts';
import { driveFirefox } from './firefox.ts';
import { serveDriver } from './server.ts';

type Ready = Extract<SessionState, { phase: 'ready' }>;

function requireReady(state: SessionState): Ready {
  if (state.phase === 'ready') return state;
  const fault = state.phase === 'failed' ? state.fault : undefined;
  throw new Error(fault ? `${fault.what} ${fault.why} ${fault.mend}` : `The session is ${state.phase}.`);
}

function timedOut(seconds: number): Fault {
  return {
    kind: 'timeout',
    what: `The run was ended after ${seconds} s.`,
    why: 'It did not come to its end within its time limit.',
    mend: 'Make it shorter, or give it a longer timeout.',
  };
}

export async function openDriver(options: DriverOptions = {}): Promise<Driver> {
  await using resources = new AsyncDisposableStack();
  const server = resources.use(await serveDriver(options.files));
  const drive = options.browser === 'firefox' ? driveFirefox : driveChromium;

  const listeners = new Map<number, (events: readonly OutputEvent[]) => void>();
  const readers = new Map<number, (asked: Asked) => Promise<string | null>>();
  const browser = resources.use(
    await drive(
      server.address,
      (id, events) => {
        listeners.get(id)?.(events);
      },
      async (id, asked) => (await readers.get(id)?.(asked)) ?? null,
      options.preferences,
    ),
  );
  const ready = requireReady(await browser.warm());
  const restart = async () => {
    requireReady(await browser.restart());
  };

  let runs = 0;
  const run: Driver['run'] = async (request, { timeoutSeconds, onEvents, onInput }): Promise<DriverRun> => {
    runs += 1;
    const id = runs;
    const events: OutputEvent[] = [];
    listeners.set(id, (batch) => {
      events.push(...batch);
      onEvents?.(batch);
    });
    if (onInput) readers.set(id, onInput);
    const { promise: limit, resolve: expire } = Promise.withResolvers<'expired'>();
    const timer = setTimeout(() => {
      expire('expired');
    }, timeoutSeconds * 1000);
    try {
      const ending = browser.run(id, request);
      const end = await Promise.race([ending, limit]);
      if (end !== 'expired') return { events, end };
      await restart();
      await ending;
      const timeout: RunEnd = { outcome: 'fault', fault: timedOut(timeoutSeconds), stateLost: true };
      return { events, end: timeout };
    } finally {
      clearTimeout(timer);
      listeners.delete(id);
      readers.delete(id);
    }
  };

  const owned = resources.move();
  return {
    producer: { kind: 'browser', python: ready.python, pyodide: ready.pyodide },
    run,
    check: (asked) => browser.check(asked),
    restart,
    interrupt: () => browser.stop(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
