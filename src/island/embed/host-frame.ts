/**
 * The frame of the course as the page of another site holds it.
 *
 * Invariant: only messages of this very frame, while it shows a page of the course, are heard; what they can do is end the
 * waiting and give a height.
 */
import * as v from 'valibot';
import { fromEmbedSchema, type ToEmbed } from '../../protocol/embed.ts';
import { watchSilence } from './silence.ts';

/** It runs scripts, is of its own origin, saves a file and opens a tab. It cannot lead the page around it elsewhere. */
const sandbox =
  'allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox';

interface Listeners {
  /** It waits for its program. */
  readonly ready: () => void;
  readonly height: (pixels: number) => void;
  /** Nothing was heard of it. It may still speak. */
  readonly silent: () => void;
}

export class HostFrame {
  readonly element = document.createElement('iframe');
  readonly #origin: string;
  #speaks = false;

  constructor(address: URL, title: string, listeners: Listeners, signal: AbortSignal) {
    const { element } = this;
    this.#origin = address.origin;
    element.title = title;
    element.setAttribute('sandbox', sandbox);
    element.allow = 'clipboard-write';
    element.referrerPolicy = 'no-referrer';
    element.loading = 'lazy';
    element.src = address.href;
    const silence = watchSilence(element, listeners.silent, signal);
    signal.addEventListener('abort', () => {
      element.remove();
    });
    addEventListener(
      'message',
      ({ source, origin, data }: MessageEvent<unknown>) => {
        if (source === null || source !== element.contentWindow || origin !== this.#origin) return;
        const { success, output: message } = v.safeParse(fromEmbedSchema, data);
        if (!success) return;
        silence.heard();
        this.#speaks = true;
        if (message.type === 'embed.ready') listeners.ready();
        else listeners.height(message.height);
      },
      { signal },
    );
  }

  /** Does nothing before the frame has said that it is ready: it is another document until then. */
  say(message: ToEmbed): void {
    if (this.#speaks) this.element.contentWindow?.postMessage(message, this.#origin);
  }
}
