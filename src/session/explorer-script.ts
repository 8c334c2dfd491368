/** The script of the explorers, fetched when a reader first needs one. Invariant: a sandbox is given it once. */
import type { RuntimeFile } from '../protocol/manifest.ts';
import { fetchFile } from './download.ts';
import type { Sandbox } from './sandbox.ts';

export class ExplorerScript {
  readonly #runtime: URL;
  readonly #given = new WeakSet<Sandbox>();
  #script: Promise<string> | undefined;
  /** From the manifest. */
  served: RuntimeFile | undefined;

  /** `runtime` is the runtime's folder. */
  constructor(runtime: URL) {
    this.#runtime = runtime;
  }

  /** Rejects when it cannot be fetched; that is not kept, so that another try may succeed. */
  async give(sandbox: Sandbox): Promise<void> {
    if (this.#given.has(sandbox) || !this.served) return;
    this.#script ??= fetchFile(this.#runtime, this.served, {}, () => undefined).then((content) =>
      new TextDecoder().decode(content),
    );
    try {
      const content = await this.#script;
      if (this.#given.has(sandbox)) return;
      this.#given.add(sandbox);
      sandbox.post({ type: 'sandbox.load', asset: { name: 'explorer', content } });
    } catch (reason) {
      this.#script = undefined;
      throw reason;
    }
  }
}
