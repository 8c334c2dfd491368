/**
 * The sandbox as the page sees it: an opaque frame, what is said to it, and what it says.
 *
 * Invariant: only messages from this very frame, and only those that pass `readMessage`, reach the listener.
 */
import type { Fault } from '../protocol/fault.ts';
import type { FromSandbox } from '../protocol/message.ts';
import type { RuntimeAsset, ToSandbox } from '../protocol/to-sandbox.ts';
import { FaultError, frameBlocked, frameDied, frameGone } from './faults.ts';
import { Heartbeat } from './heartbeat.ts';
import { readMessage } from './read-message.ts';

/** Milliseconds for the frame's script to speak, from the frame's creation and from its `load` event. */
const patience = { all: 20_000, afterLoad: 3_000 };

interface Listeners {
  message(message: FromSandbox): void;
  /** The frame was taken out of the page, not by `close`, or its process has died. */
  gone(fault: Fault): void;
}

export class Sandbox {
  readonly #frame: HTMLIFrameElement;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  readonly #receive: (event: MessageEvent<unknown>) => void;
  readonly #watch: MutationObserver;
  readonly #heart: Heartbeat;
  /** Settles when the frame's script runs; rejects with a `FaultError` if it is blocked. */
  readonly ready: Promise<void>;

  constructor(html: string, listeners: Listeners) {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.title = 'Python';
    frame.tabIndex = -1;
    frame.setAttribute('aria-hidden', 'true');
    // Rendered, though not to be seen: Chromium gives a hidden frame's workers a low priority.
    Object.assign(frame.style, { position: 'fixed', left: '-2px', top: '0', width: '1px', height: '1px', border: '0' });
    frame.srcdoc = html;
    this.#frame = frame;

    this.#heart = new Heartbeat(
      () => {
        this.post({ type: 'sandbox.ask' });
      },
      () => {
        listeners.gone(frameDied);
      },
    );
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.ready = promise;
    const blocked = () => {
      reject(new FaultError(frameBlocked));
    };
    this.#timers.push(setTimeout(blocked, patience.all));
    const loaded = () => this.#timers.push(setTimeout(blocked, patience.afterLoad));
    frame.addEventListener('load', loaded, { once: true });
    this.#receive = (event) => {
      if (event.source === null || event.source !== frame.contentWindow) return;
      const message = readMessage(event.data);
      if (!message) return;
      this.#heart.heard();
      if (message.type === 'sandbox.alive') return;
      if (message.type === 'sandbox.ready') {
        frame.removeEventListener('load', loaded);
        this.#stopWaiting();
        this.#heart.start();
        resolve(undefined);
      }
      listeners.message(message);
    };
    addEventListener('message', this.#receive);
    document.body.append(frame);
    this.#watch = new MutationObserver(() => {
      if (!frame.isConnected) listeners.gone(frameGone);
    });
    this.#watch.observe(document.body, { childList: true });
  }

  post(message: ToSandbox, transfer: Transferable[] = []): void {
    // The frame's origin is opaque: no other target can be named. It is our own frame, with our own script.
    this.#frame.contentWindow?.postMessage(message, '*', transfer);
  }

  /** Hands over an asset; one that comes before the frame's script runs waits for it. */
  give(asset: RuntimeAsset, signal: AbortSignal): void {
    const transfer = typeof asset.content === 'string' ? [] : [asset.content];
    this.ready.then(
      () => {
        if (!signal.aborted) this.post({ type: 'sandbox.load', asset }, transfer);
      },
      () => undefined, // Told by whoever awaits `ready`.
    );
  }

  #stopWaiting(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }

  close(): void {
    this.#watch.disconnect();
    this.#heart.stop();
    this.#stopWaiting();
    removeEventListener('message', this.#receive);
    this.#frame.remove();
  }
}
