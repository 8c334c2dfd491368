/** Sends one HTTP request to a port and shows what comes back. */
import type { Connection, Port } from '../../session/contract.ts';
import { make } from '../make.ts';
import { announce } from '../say.ts';
import { composeRequest, ResponseReader } from './http.ts';
import { responseView, textView } from './response-view.ts';

/** Bytes of an answer that are taken; a server may send without end. */
const mostTaken = 4 << 20;

/** Gives the request up. */
type Cancel = () => void;

/** What a server has sent that speaks another protocol. */
function noHttp(raw: readonly Uint8Array[], time: string): readonly HTMLElement[] {
  const decoder = new TextDecoder();
  const text = raw.map((part) => decoder.decode(part, { stream: true })).join('');
  const words = `An answer that is no HTTP ${time}; “As: Text” sends a line instead.`;
  return [make('p', 'port-status is-fault', words), textView(text, 'Answer')];
}

/** `answer` is where it is shown; `over` is called once, unless the request is given up. */
export function exchange(
  port: Port,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: string },
  answer: HTMLElement,
  over: () => void,
): Cancel {
  const began = performance.now();
  const reader = new ResponseReader(method);
  let taken = 0;
  const raw: Uint8Array[] = [];
  answer.replaceChildren(make('p', 'port-note', 'Waits for the answer'));
  const finish = (error?: string): void => {
    connection.close();
    const time = `after ${((performance.now() - began) / 1000).toFixed(2)} s`;
    const { response } = reader;
    const fault = error ?? reader.fault;
    const words = fault === undefined ? time : `${time}, not whole: ${fault}`;
    if (response) answer.replaceChildren(...responseView(response, words));
    else if (raw.length > 0) answer.replaceChildren(...noHttp(raw, time));
    else {
      const what = error ?? 'The server has closed the connection without an answer.';
      answer.replaceChildren(make('p', 'port-status is-fault', what));
    }
    announce(answer.querySelector('.port-status')?.textContent ?? '');
    over();
  };
  const connection: Connection = port.connect({
    received: (data) => {
      taken += data.length;
      if (!reader.response) raw.push(data);
      reader.push(data);
      if (taken > mostTaken) finish(`it is longer than ${mostTaken >> 20} MB`);
      else if (reader.complete || reader.fault !== undefined) finish();
    },
    ended: (error) => {
      reader.end();
      finish(error);
    },
  });
  connection.send(composeRequest({ method, path, body, host: port.host, port: port.port }));
  return () => {
    connection.close();
    answer.replaceChildren();
  };
}
