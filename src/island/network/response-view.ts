/**
 * Shows the answer to a request: status, headers, body as text and, of HTML, a picture.
 *
 * Invariant: what a server has sent is text, or stands in a frame in which no script runs and nothing is fetched.
 */
import { make } from '../make.ts';
import { shown } from '../render/visible.ts';
import type { HttpResponse } from './http.ts';
import { stopWhileScrolling } from '../tab-stop.ts';

/** Characters of a body that are shown. */
const mostShown = 200_000;

function headerOf(response: HttpResponse, name: string): string {
  return response.headers.find(([known]) => known.toLowerCase() === name)?.[1] ?? '';
}

/** The body as text; undefined where it is none. */
function textOf(response: HttpResponse): string | undefined {
  const type = headerOf(response, 'content-type');
  const charset = /charset="?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(response.body);
  } catch {
    return undefined; // Other bytes, or an encoding that nobody knows.
  }
}

/**
 * The page's own policy holds in the frame too. This one also keeps the frame from what the page may load, and `inert` keeps
 * a click from going anywhere: it is a picture.
 */
function picture(html: string): HTMLIFrameElement {
  const frame = make('iframe', 'port-picture');
  frame.title = 'The answer as a page';
  frame.setAttribute('sandbox', '');
  frame.inert = true;
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'">${html}`;
  return frame;
}

/** Text from a server; `name` is said by a screen reader. */
export function textView(text: string, name: string): HTMLElement {
  const view = make('pre', 'port-text', shown(text));
  stopWhileScrolling(view);
  view.setAttribute('role', 'group');
  view.setAttribute('aria-label', name);
  return view;
}

function bodyView(response: HttpResponse): readonly HTMLElement[] {
  const { length } = response.body;
  if (length === 0) return [make('p', 'port-note', 'No body')];
  const text = textOf(response);
  if (text === undefined) return [make('p', 'port-note', `${length} bytes that are no text`)];
  const body = textView(text.slice(0, mostShown), 'Body of the answer');
  const cut = text.length > mostShown ? [make('p', 'port-note', `${text.length - mostShown} more characters`)] : [];
  if (!/^(text\/html|application\/xhtml)/i.test(headerOf(response, 'content-type'))) return [body, ...cut];
  return [body, ...cut, picture(text)];
}

/** `note` follows the status: how long it took, and whether it is whole. */
export function responseView(response: HttpResponse, note: string): readonly HTMLElement[] {
  const status = make('p', 'port-status', make('strong', '', shown(response.statusLine)), ` ${note}`);
  status.dataset['state'] = response.status < 400 ? 'done' : 'failed';
  const headers = make('dl', '');
  for (const [name, value] of response.headers)
    headers.append(make('dt', '', shown(name)), make('dd', '', shown(value)));
  const details = make('details', 'port-headers', make('summary', '', `Headers (${response.headers.length})`), headers);
  return [status, details, ...bodyView(response)];
}
