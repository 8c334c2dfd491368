/**
 * The page's side of ruff: fetched when a reader has asked for it, in a worker under the page's own policy.
 *
 * Invariant: every check settles; after a failure the next one starts anew.
 */
import { inflated } from '../../session/inflate.ts';
import type { CheckerManifest, FromChecker, Remark, ToChecker } from './contract.ts';

const root = document.documentElement.dataset['root'] ?? './';
const folder = new URL(`${root}check/`, document.baseURI);

async function fetched(file: string): Promise<Response> {
  const response = await fetch(new URL(file, folder), { credentials: 'omit' });
  if (!response.ok || !response.body) throw new Error(`${file}: the host answered ${response.status}`);
  return new Response(await inflated(response.body, () => undefined));
}

class Checker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<readonly Remark[]>>();
  readonly ready: Promise<void>;
  #count = 0;

  /** `script` is the worker's; `failed` is called once, when it has died. */
  constructor(script: string, ruff: ArrayBuffer, failed: () => void) {
    // From a blob: such a worker is under the page's policy, which a worker from an address is not.
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    this.#worker = new Worker(address);
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.ready = promise;
    this.#worker.onmessage = ({ data }: MessageEvent<FromChecker>) => {
      URL.revokeObjectURL(address);
      if (data.type === 'checker.ready') {
        resolve(undefined);
        return;
      }
      this.#waiting.get(data.request)?.resolve(data.remarks);
      this.#waiting.delete(data.request);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const reason = new Error(`ruff ended: ${event.message}`);
      reject(reason);
      for (const { reject: giveUp } of this.#waiting.values()) giveUp(reason);
      this.#worker.terminate();
      failed();
    };
    this.#post({ type: 'checker.load', ruff }, [ruff]);
  }

  check(source: string, notebook: boolean): Promise<readonly Remark[]> {
    this.#count += 1;
    const waiting = Promise.withResolvers<readonly Remark[]>();
    this.#waiting.set(this.#count, waiting);
    this.#post({ type: 'checker.check', request: this.#count, source, notebook });
    return waiting.promise;
  }

  #post(message: ToChecker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}

let checker: Promise<Checker> | undefined;

async function start(): Promise<Checker> {
  // The one name that does not change with its content.
  const listed = await fetch(new URL('manifest.json', folder), { credentials: 'omit', cache: 'no-cache' });
  const { worker, ruff } = (await listed.json()) as CheckerManifest;
  const [script, module] = await Promise.all([
    fetched(worker.file).then((response) => response.text()),
    fetched(ruff.file).then((response) => response.arrayBuffer()),
  ]);
  const started = new Checker(script, module, () => {
    checker = undefined;
  });
  await started.ready;
  return started;
}

/** Loads ruff, once. Rejects when it cannot be fetched or started. */
export function loadChecker(): Promise<Checker> {
  checker ??= start().catch((reason: unknown) => {
    checker = undefined;
    throw reason;
  });
  return checker;
}
