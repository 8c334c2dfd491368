/** The messages of one native run to its events: times count from the program's start, what came before is left out. */
import type { OutputEvent } from '../../protocol/event.ts';
import type { Producer } from '../../protocol/snapshot.ts';
import type { CellRun } from '../runner.ts';
import type { RunnerMessage } from './messages.ts';

interface Shape {
  /** Programs have an exit code, cells of a notebook none. */
  readonly script: boolean;
  readonly timeoutSeconds: number;
}

/** Throws when the runner did not come to its end: then the interpreter, not the program, is at fault. */
export function collect(messages: readonly RunnerMessage[], { script, timeoutSeconds }: Shape): CellRun {
  const events: OutputEvent[] = [];
  let producer: Producer | undefined;
  let start: number | undefined;
  let finished: number | undefined;
  for (const message of messages) {
    if (message.type === 'producer') {
      const { python, platform, cores } = message;
      producer = { kind: 'native', python, platform, cores };
      continue;
    }
    if (message.type === 'report' && message.report.type === 'start') {
      events.length = 0;
      start = message.time;
      continue;
    }
    // A syntax error ends a script before it starts: then its report is the start.
    const at = message.time - (start ?? message.time);
    switch (message.type) {
      case 'stdout':
      case 'stderr':
        events.push({ type: message.type, at, text: message.text });
        break;
      case 'report':
        if (message.report.type === 'finished') finished = at;
        else if (message.report.type !== 'start') events.push({ ...message.report, at });
        break;
      case 'end': {
        if (producer === undefined) throw new Error('the interpreter did not say what it is');
        if (message.timedOut) return { events, producer, end: timeout(timeoutSeconds) };
        if (script) events.push({ type: 'exit', at, code: message.code });
        const failed = events.some(({ type }) => type === 'error');
        return { events, producer, end: { outcome: failed ? 'error' : 'ok', duration: finished ?? at } };
      }
      default:
        message satisfies never;
    }
  }
  throw new Error('the interpreter ended before the program did');
}

function timeout(seconds: number): CellRun['end'] {
  return {
    outcome: 'fault',
    stateLost: true,
    fault: {
      kind: 'timeout',
      what: `The run took longer than ${seconds} s and was ended.`,
      why: 'The cell’s timeout is over.',
      mend: 'Make the cell end sooner, or give it a longer timeout=.',
    },
  };
}
