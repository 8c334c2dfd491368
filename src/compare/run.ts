/** A run as comparators see it: each stream whole, whatever the chunks in which it came. */
import type { OutputEvent } from '../protocol/event.ts';

/** A snapshot is one; so is a run that has just ended. */
export interface Run {
  readonly events: readonly OutputEvent[];
  /** Seconds on the cell's clock. */
  readonly duration: number;
}

/** The parts of a run in the order in which they are compared and shown. */
export interface Parts {
  readonly stdout: string;
  readonly stderr: string;
  /** What the last expression showed, or an empty string. */
  readonly result: string;
  /** `Type: message`, never the traceback: its frames, carets and colours are the interpreter's own. */
  readonly error: string;
  /** The exit code as text, or an empty string for a run that has none. */
  readonly exit: string;
}

export const partNames = ['stdout', 'stderr', 'result', 'error', 'exit'] as const;

export function partsOf({ events }: Run): Parts {
  const parts = { stdout: '', stderr: '', result: '', error: '', exit: '' };
  for (const event of events) {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
      case 'result':
        parts[event.type] += event.text;
        break;
      case 'error':
        parts.error += event.message === '' ? event.name : `${event.name}: ${event.message}`;
        break;
      case 'exit':
        parts.exit += String(event.code);
        break;
    }
  }
  return parts;
}
