/**
 * The name of a schedule, as a person passes it on: what it was made for, and where it differs from the plain run.
 * For example `gil-3.14.2-1a2b3c4d-1p12:2+0b3:1`.
 */
import type { ExplorationAsked } from '../protocol/exploration.ts';

export interface ScheduleName {
  readonly granularity: ExplorationAsked['granularity'];
  readonly python: string;
  /** Of the program: eight digits that change when it does. */
  readonly mark: string;
  /** As src/explore/python/explorer/schedule.py writes it. */
  readonly schedule: string;
}

const form = /^(gil|instruction)-(\d+\.\d+\.\d+)-([0-9a-f]{8})-(plain|\d+[pb]\d+:\d+(?:\+\d+[pb]\d+:\d+)*)$/u;

export function writeName({ granularity, python, mark, schedule }: ScheduleName): string {
  return `${granularity}-${python}-${mark}-${schedule}`;
}

/** Undefined for what is no name of a schedule. */
export function readName(text: string): ScheduleName | undefined {
  const [, granularity, python, mark, schedule] = form.exec(text) ?? [];
  if (python === undefined || mark === undefined || schedule === undefined) return undefined;
  return { granularity: granularity === 'gil' ? 'gil' : 'instruction', python, mark, schedule };
}
