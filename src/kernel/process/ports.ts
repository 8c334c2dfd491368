/** Which run of this process each listening port is from: the one that was under way when the port began to listen. */
import type { Listener } from '../../protocol/network.ts';

type Address = readonly [host: string, port: number];

export class Ports {
  readonly #runs = new Map<string, number>();

  /** All that listen now; those that are new were begun by `run`. */
  startedBy(run: number, addresses: readonly Address[]): readonly Listener[] {
    const before = new Map(this.#runs);
    this.#runs.clear();
    return addresses.map(([host, port]) => {
      const key = `${host} ${port}`;
      const begun = before.get(key) ?? run;
      this.#runs.set(key, begun);
      return { host, port, run: begun };
    });
  }
}
