/** The driver's page: one session, told by the driver what to run; the same session that the site's pages use. */
import type { RunRequest } from '../../protocol/run.ts';
import type { OutputEvent } from '../../protocol/event.ts';
import type { Asked, OnInput, RunEnd, SessionState } from '../../session/contract.ts';
import { runChecks } from '../../session/run-checks.ts';
import type { ChecksAsked, ChecksEnd } from '../../session/run-checks.ts';
import type { Answer, Question } from '../../protocol/question.ts';
import { Session } from '../../session/session.ts';
import { unpackFiles } from './packed-files.ts';

const session = new Session({ runtime: new URL('runtime/', location.href) });

function settled(): Promise<SessionState> {
  const { promise, resolve } = Promise.withResolvers<SessionState>();
  const check = (state: SessionState) => {
    if (state.phase === 'ready' || state.phase === 'failed') resolve(state);
  };
  const unsubscribe = session.subscribe(check);
  check(session.state);
  return promise.finally(unsubscribe);
}

export interface DriverPage {
  /** Takes the driver's files and boots; ends in `ready` or `failed`. */
  warm(): Promise<SessionState>;
  /** Boots, and gives every state on the way. */
  watch(): Promise<readonly SessionState[]>;
  /** `lines` are what the program reads, then its input ends. */
  run(
    request: RunRequest,
    onEvents: (events: readonly OutputEvent[]) => void,
    lines?: readonly string[] | OnInput,
  ): Promise<RunEnd>;
  /**
   * Hands the events to `driverEvents` one batch after another, and ends when all of them have been taken; asks
   * `driverInput` for what the program reads.
   */
  runHanding(id: number, request: RunRequest): Promise<RunEnd>;
  check(asked: ChecksAsked): Promise<ChecksEnd>;
  ask(question: Question): Promise<Answer | undefined>;
  restart(): Promise<SessionState>;
  reset(namespace: string): Promise<void>;
  /** Does not wait for what comes of it. */
  stop(): Promise<void>;
}

const page: DriverPage = {
  async warm() {
    const files = await fetch('files');
    session.mount(unpackFiles(await files.bytes()));
    session.warm();
    return settled();
  },
  async watch() {
    const states: SessionState[] = [];
    const unsubscribe = session.subscribe((state) => states.push(state));
    await page.warm();
    unsubscribe();
    return states;
  },
  run: (request, onEvents, lines = []) => {
    if (typeof lines === 'function') return session.run(request, onEvents, lines);
    const left = [...lines];
    return session.run(request, onEvents, () => {
      const line = left.shift();
      return Promise.resolve(line === undefined ? null : `${line}\n`);
    });
  },
  async runHanding(id, request) {
    let handing = Promise.resolve();
    const onEvents = (batch: readonly OutputEvent[]) => {
      handing = handing.then(() => window.driverEvents(id, batch));
    };
    const end = await session.run(request, onEvents, async (asked) => {
      // The prompt is seen first.
      await handing;
      return await window.driverInput(id, asked);
    });
    await handing;
    return end;
  },
  check: (asked) => runChecks(session, asked),
  ask: (question) => session.ask(question),
  async restart() {
    await session.restart();
    session.warm();
    return settled();
  },
  reset: (namespace) => session.reset(namespace),
  stop: () => {
    void session.stop();
    return Promise.resolve();
  },
};

declare global {
  interface Window {
    readonly driver: DriverPage;
    /** Provided by the driver: takes the events of run `id`. */
    readonly driverEvents: (id: number, events: readonly OutputEvent[]) => Promise<void>;
    /** Provided by the driver: what run `id` reads next, null at its end. */
    readonly driverInput: (id: number, asked: Asked) => Promise<string | null>;
  }
}

Object.defineProperty(window, 'driver', { value: page });
