/** The kernel that readers get, driven from Node in a headless browser; the recorder, `npm run python` and tests go through it. */
import type { Asked, RunEnd } from '../../session/contract.ts';
import type { ChecksAsked, ChecksEnd } from '../../session/run-checks.ts';
import type { MountedFile } from '../../protocol/to-sandbox.ts';
import type { RunRequest } from '../../protocol/run.ts';
import type { OutputEvent } from '../../protocol/event.ts';
import type { Producer } from '../../protocol/snapshot.ts';

export interface DriverOptions {
  /** Default `chromium`. */
  readonly browser?: 'chromium' | 'firefox';
  /** Of Firefox, as in `about:config`. */
  readonly preferences?: Readonly<Record<string, unknown>>;
  /** What every interpreter finds in its file system. */
  readonly files?: readonly MountedFile[];
}

export interface DriverRun {
  readonly events: readonly OutputEvent[];
  readonly end: RunEnd;
}

export interface Driver extends AsyncDisposable {
  readonly producer: Producer;
  /** Rejects only for a fault of the driver itself; `timeoutSeconds` ends the run with outcome `fault`, kind `timeout`. */
  run(
    request: RunRequest,
    options: {
      readonly timeoutSeconds: number;
      readonly onEvents?: (events: readonly OutputEvent[]) => void;
      /** What the program reads, as `OnInput` of the session; without it there is no input. */
      readonly onInput?: (asked: Asked) => Promise<string | null>;
    },
  ): Promise<DriverRun>;
  /** Runs a program with checks, each within its own time. Rejects only for a fault of the driver itself. */
  check(asked: ChecksAsked): Promise<ChecksEnd>;
  /** As Ctrl+C: KeyboardInterrupt, and the second time the end. */
  interrupt(): Promise<void>;
  /** A fresh interpreter. */
  restart(): Promise<void>;
}
