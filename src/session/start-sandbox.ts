/** Makes the sandbox and fills it with the runtime as it is downloaded. Invariant: after `signal` is aborted nothing happens. */
import type { Fault } from '../protocol/fault.ts';
import type { RuntimeManifest } from '../protocol/manifest.ts';
import type { FromSandbox } from '../protocol/message.ts';
import type { RuntimeAsset } from '../protocol/to-sandbox.ts';
import { fetchAssets, fetchManifest } from './download.ts';
import { requirePlatform } from './platform.ts';
import { Sandbox } from './sandbox.ts';

export interface Listeners {
  /** The frame is there; it may not speak yet. */
  made(sandbox: Sandbox): void;
  message(sandbox: Sandbox, message: FromSandbox): void;
  /** The frame was taken out of the page, not by us. */
  gone(sandbox: Sandbox, fault: Fault): void;
  /** Bytes over the wire. */
  progress(loaded: number, total: number): void;
  /** What the site serves for later. */
  served(manifest: Pick<RuntimeManifest, 'packages' | 'explorer'>): void;
  /** The frame's script runs. */
  ready(): void;
}

/** `runtime` is the folder of `manifest.json`. Rejects with a `FaultError` when it cannot be done. */
export async function startSandbox(runtime: URL, signal: AbortSignal, listeners: Listeners): Promise<void> {
  requirePlatform();
  const manifest = await fetchManifest(runtime, signal);
  signal.throwIfAborted();
  listeners.served(manifest);
  const sandbox: Sandbox = new Sandbox(manifest.frame, {
    message: (message) => {
      listeners.message(sandbox, message);
    },
    gone: (fault) => {
      listeners.gone(sandbox, fault);
    },
  });
  listeners.made(sandbox);
  const give = (asset: RuntimeAsset) => {
    sandbox.give(asset, signal);
  };
  const progress = (loaded: number, total: number) => {
    listeners.progress(loaded, total);
  };
  await Promise.all([
    fetchAssets(runtime, manifest, signal, progress, give),
    sandbox.ready.then(() => {
      signal.throwIfAborted();
      listeners.ready();
    }),
  ]);
}
