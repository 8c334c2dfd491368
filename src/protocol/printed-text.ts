/** What a run prints as one text, the way a reader would write it down: no traceback, only how it ends. */
import type { OutputEvent } from './event.ts';

export function printedText(events: readonly OutputEvent[]): string {
  let text = '';
  for (const event of events) {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
        text += event.text;
        break;
      case 'result':
        text += `${event.text}\n`;
        break;
      case 'error':
        text += event.message === '' ? `${event.name}\n` : `${event.name}: ${event.message}\n`;
        break;
      case 'exit':
        if (event.code !== 0) text += `Exit code ${event.code}\n`;
        break;
      default:
        event satisfies never;
    }
  }
  return text;
}
