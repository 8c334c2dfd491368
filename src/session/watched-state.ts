/** The session's state and those who follow it. Invariant: each follower is told every state, in order, while it follows. */
import type { SessionState } from './contract.ts';

export class WatchedState {
  readonly #followers = new Set<(state: SessionState) => void>();
  #current: SessionState = { phase: 'idle' };

  get current(): SessionState {
    return this.#current;
  }

  enter(state: SessionState): void {
    this.#current = state;
    for (const follower of this.#followers) follower(state);
  }

  /** Returns the function that ends it. */
  follow(follower: (state: SessionState) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  dismissAll(): void {
    this.#followers.clear();
  }
}
