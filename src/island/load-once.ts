/** Code that is loaded at its first use. Invariant: a failed load is tried again at the next use. */

/** A function that gives what `load` loaded, at each call the same. */
export function loadOnce<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  return () =>
    (loading ??= load().catch((reason: unknown) => {
      loading = undefined;
      throw reason;
    }));
}
