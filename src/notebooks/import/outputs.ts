/** The outputs of a notebook's cell as the events of a run, and the images among them; whatever has no place is told. */
import type { OutputEvent } from '../../protocol/event.ts';
import { imageTypes, type Images } from './images.ts';
import { isFields, textOf, type Fields, type ReadOutput } from './read-notebook.ts';
import type { Tell } from './remark.ts';

/** Characters of one cell's output: more makes a page slow, and nobody reads it. */
const most = 100_000;

export interface TakenOutputs {
  readonly events: readonly OutputEvent[];
  /** Paths below the chapter's folder. */
  readonly images: readonly string[];
}

const again = 'Record the cell: what it prints then is shown.';

function ofData(data: Fields, name: string, images: Images, tell: Tell): { text?: string; image?: string } {
  const types = Object.keys(data);
  const text = textOf(data['text/plain']);
  let image: string | undefined;
  for (const type of types.filter((type) => imageTypes.includes(type))) {
    const bytes = textOf(data[type]);
    const kept = bytes === undefined ? undefined : images.keepText(type, bytes, name);
    if (kept?.ok === true) image ??= kept.path;
    else tell(`an image of its output ${kept?.why ?? 'is no text'}: left out`, again);
  }
  const others = types.filter((type) => type !== 'text/plain' && !imageTypes.includes(type));
  if (others.length > 0)
    tell(
      `its output as ${others.join(', ')} is left out${text === undefined ? '' : '; its text is kept'}`,
      'A page shows text and images; print what readers should see.',
    );
  return { ...(text !== undefined && { text }), ...(image !== undefined && { image }) };
}

function eventsOf(output: ReadOutput, name: string, images: Images, tell: Tell): TakenOutputs {
  const { type, fields } = output;
  const only = (event: OutputEvent): TakenOutputs => ({ events: [event], images: [] });
  switch (type) {
    case 'stream': {
      const text = textOf(fields['text']);
      const stream = fields['name'];
      if (text === undefined) break;
      if (stream !== 'stdout' && stream !== 'stderr')
        tell(`a stream called ${JSON.stringify(stream)} is shown as stdout`, again);
      return only({ type: stream === 'stderr' ? 'stderr' : 'stdout', at: 0, text });
    }
    case 'error': {
      const { ename, evalue } = fields;
      const lines = fields['traceback'];
      if (typeof ename !== 'string') break;
      const message = typeof evalue === 'string' ? evalue : '';
      const told = Array.isArray(lines) ? lines.filter((line) => typeof line === 'string').join('\n') : '';
      const traceback = told === '' ? `${ename}: ${message}` : told;
      return only({ type: 'error', at: 0, name: ename, message, traceback: `${traceback.replace(/\n$/, '')}\n` });
    }
    case 'execute_result':
    case 'display_data': {
      const data = fields['data'];
      if (!isFields(data)) break;
      const metadata = fields['metadata'];
      const course = isFields(metadata) && isFields(metadata['course']) ? metadata['course'] : {};
      if (typeof course['exit'] === 'number' && Number.isSafeInteger(course['exit']))
        return only({ type: 'exit', at: 0, code: course['exit'] });
      const { text, image } = ofData(data, name, images, tell);
      // The text beside an image only says that there is one.
      if (image !== undefined) return { events: [], images: [image] };
      if (text === undefined) return { events: [], images: [] };
      const shown = course['introspection'] === true ? { introspection: true as const } : {};
      return only({ type: 'result', at: 0, text, ...shown });
    }
    default:
      tell(`an output of the unknown type ${JSON.stringify(type)} is left out`, again);
      return { events: [], images: [] };
  }
  tell(`an output of type ${type} lacks what it should have: left out`, again);
  return { events: [], images: [] };
}

function cut(event: OutputEvent, room: number): OutputEvent {
  switch (event.type) {
    case 'stdout':
    case 'stderr':
    case 'result':
      return { ...event, text: event.text.slice(0, room) };
    case 'error':
      return { ...event, message: event.message.slice(0, 4000), traceback: event.traceback.slice(0, room) };
    case 'exit':
      return event;
    default:
      return event satisfies never;
  }
}

const lengthOf = (event: OutputEvent): number =>
  event.type === 'exit' ? 0 : event.type === 'error' ? event.traceback.length : event.text.length;

/** `name` is what its images are called. */
export function takeOutputs(outputs: readonly ReadOutput[], name: string, images: Images, tell: Tell): TakenOutputs {
  const taken = outputs.map((output) => eventsOf(output, name, images, tell));
  const all = taken.flatMap(({ events }) => events);
  const length = all.reduce((sum, event) => sum + lengthOf(event), 0);
  let room = most;
  const events = all.flatMap((event) => {
    const left = room;
    room -= lengthOf(event);
    return left > 0 || event.type === 'exit' || event.type === 'error' ? [cut(event, Math.max(left, 1000))] : [];
  });
  if (length > most)
    tell(`its output has ${length} characters: the first ${most} are kept`, 'Print less: no reader gets to the end.');
  return { events, images: taken.flatMap(({ images }) => images) };
}
