/** A question to a service worker, answered through a port of its own. */
import type { FromWorker, ToWorker } from './list.ts';

export const siteRoot = new URL(document.documentElement.dataset['root'] ?? './', document.baseURI);

export function ask(worker: ServiceWorker, question: ToWorker): Promise<FromWorker> {
  const { port1, port2 } = new MessageChannel();
  const { promise, resolve } = Promise.withResolvers<FromWorker>();
  port1.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    port1.close();
    resolve(data);
  };
  worker.postMessage(question, [port2]);
  return promise;
}
