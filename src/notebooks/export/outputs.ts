/** The events of a recorded run as the outputs of a notebook's cell: one for each, in their order. */
import type { OutputEvent } from '../../protocol/event.ts';
import type { NotebookOutput } from '../format.ts';

/** `count` is the number that the notebook shows beside the cell. */
export function outputsOf(events: readonly OutputEvent[], count: number): NotebookOutput[] {
  return events.map((event): NotebookOutput => {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
        return { output_type: 'stream', name: event.type, text: event.text };
      case 'result':
        return {
          output_type: 'execute_result',
          data: { 'text/plain': event.text },
          metadata: event.introspection === true ? { course: { introspection: true } } : {},
          execution_count: count,
        };
      case 'error':
        return {
          output_type: 'error',
          ename: event.name,
          evalue: event.message,
          traceback: event.traceback.replace(/\n$/, '').split('\n'),
        };
      case 'exit':
        return {
          output_type: 'display_data',
          data: { 'text/plain': `Exit code ${event.code}` },
          metadata: { course: { exit: event.code } },
        };
      default:
        return event satisfies never;
    }
  });
}
