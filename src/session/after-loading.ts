/** Waits for a session to be past `loading`, whatever comes then. */
import type { SessionContract } from './contract.ts';

export function afterLoading(session: Pick<SessionContract, 'subscribe'>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const unsubscribe = session.subscribe((state) => {
    if (state.phase === 'loading') return;
    unsubscribe();
    resolve(undefined);
  });
  return promise;
}
