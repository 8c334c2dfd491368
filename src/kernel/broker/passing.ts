/**
 * Open files on their way from one process to another: with a new process, or beside the bytes of a connection.
 *
 * Invariant: what is under way is held, by a process that is none (the *office*), until it is delivered or dropped.
 */
import type { GivenMemory, Handle, Passed } from '../../protocol/broker.ts';
import type { Beside } from './pipe.ts';
import type { Process } from './process.ts';

/**
 * Gives `to` what `from` holds. Two of one open file stay two of one. The receiver must be told of `passed` before `arrived` is
 * called, which lets it hear of what it holds.
 */
export function handOver<Kind extends Passed>(
  from: Process,
  to: Process,
  given: readonly Kind[],
): { readonly passed: readonly Kind[]; readonly memories: readonly GivenMemory[]; readonly arrived: () => void } {
  const handles = new Map<Handle, Handle>();
  const passed: Kind[] = [];
  const memories: GivenMemory[] = [];
  const hand = (its: Handle): Handle | undefined => {
    const known = handles.get(its);
    const held = from.held(its);
    if (known !== undefined || !held) return known;
    const handle = to.inherit(held);
    handles.set(its, handle);
    if (held.kind === 'memory') memories.push({ handle, content: held.memory.content, mode: held.memory.mode });
    return handle;
  };
  for (const one of given) {
    if ('handle' in one) {
      const handle = hand(one.handle);
      if (handle !== undefined) passed.push({ ...one, handle });
    } else if ('memory' in one) {
      const memory = hand(one.memory);
      if (memory !== undefined) passed.push({ ...one, memory });
    } else {
      passed.push(one);
    }
  }
  return {
    passed,
    memories,
    arrived: () => {
      to.take(handles.values());
    },
  };
}

/** Open files beside some bytes. */
export class Parcel implements Beside {
  readonly #office: Process;
  readonly #passed: readonly Passed[];

  constructor(from: Process, office: Process, given: readonly Passed[]) {
    const { passed, arrived } = handOver(from, office, given);
    this.#office = office;
    this.#passed = passed;
    arrived();
  }

  /** `tell` is called with what `to` is given. */
  deliver(to: Process, tell: (passed: readonly Passed[], memories: readonly GivenMemory[]) => void): void {
    const { passed, memories, arrived } = handOver(this.#office, to, this.#passed);
    tell(passed, memories);
    arrived();
    this.drop();
  }

  drop(): void {
    for (const one of this.#passed) {
      if ('handle' in one) this.#office.close(one.handle);
      if ('memory' in one) this.#office.close(one.memory);
    }
  }
}
