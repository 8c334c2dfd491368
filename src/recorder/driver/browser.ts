/** What the driver needs of a browser that has its page open; one file for each browser gives it. */
import type { RunRequest } from '../../protocol/run.ts';
import type { OutputEvent } from '../../protocol/event.ts';
import type { Asked, RunEnd, SessionState } from '../../session/contract.ts';
import type { ChecksAsked, ChecksEnd } from '../../session/run-checks.ts';

/** Takes the events of run `id`, batch by batch, in their order. */
type TakeEvents = (id: number, events: readonly OutputEvent[]) => void;

/** Gives what run `id` reads next, null at its end. */
type GiveInput = (id: number, asked: Asked) => Promise<string | null>;

interface DriverBrowser extends AsyncDisposable {
  warm(): Promise<SessionState>;
  restart(): Promise<SessionState>;
  stop(): Promise<void>;
  /** Every event has been taken before the end is given. No limit of time: that is the driver's own. */
  run(id: number, request: RunRequest): Promise<RunEnd>;
  check(asked: ChecksAsked): Promise<ChecksEnd>;
}

/** Opens the driver's page; `preferences` are Firefox's. */
export type OpenBrowser = (
  address: string,
  take: TakeEvents,
  give: GiveInput,
  preferences?: Readonly<Record<string, unknown>>,
) => Promise<DriverBrowser>;
