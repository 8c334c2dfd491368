/**
 * Values that no two runs share, relabelled by first appearance: equal stays equal and different stays different, so
 * `id(a) == id(b)` is still told from `id(a) != id(b)`. Labels are counted over the parts in their fixed order.
 */
import type { Mask } from '../protocol/cell.ts';
import { partNames } from './run.ts';
import type { Parts } from './run.ts';

/** Gives each new value of a family the next number. */
class Labels {
  readonly #known = new Map<string, Map<string, number>>();

  label(family: string, value: string): number {
    const values = this.#known.get(family) ?? new Map<string, number>();
    this.#known.set(family, values);
    const label = values.get(value) ?? values.size + 1;
    values.set(value, label);
    return label;
  }
}

// 12 digits on Linux, 16 in upper case on Windows, 5 to 8 in WebAssembly; `0xff` is a number, not an address.
const address = /\b0x[0-9A-Fa-f]{5,16}\b/g;

const id = /(?<![\w.])\d{6,20}(?![\w.]\d|\w)/g;

// The default names of threads, pools, tasks, processes and greenlets (CPython 3.14, gevent).
const counter =
  /\b(Thread|Dummy|Task|Greenlet|asyncio|[A-Za-z]*Process|[A-Za-z]*PoolWorker|[A-Za-z]*PoolExecutor|SyncManager)([-_])(\d+)(?:([_:])(\d+))?/g;

const duration = /(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?(\s?(?:s|ms|µs|us|ns|secs?|seconds?|minutes?|min)\b)/g;

function masked(text: string, masks: readonly Mask[], labels: Labels): string {
  let result = text;
  // Counters and durations first: their digits must not be taken for ids.
  if (masks.includes('counter')) {
    result = result.replace(
      counter,
      (_all, name: string, dash: string, first: string, mark?: string, second?: string) => {
        const label = `${name}${dash}#${labels.label(name, first)}`;
        return second === undefined ? label : `${label}${mark ?? ''}#${labels.label(`${name}${first}`, second)}`;
      },
    );
  }
  if (masks.includes('duration')) result = result.replace(duration, (_all, unit: string) => `…${unit}`);
  if (masks.includes('address')) result = result.replace(address, '0x…');
  if (masks.includes('id')) result = result.replace(id, (value) => `id#${labels.label('id', value)}`);
  return result;
}

export function maskParts(parts: Parts, masks: readonly Mask[]): Parts {
  const labels = new Labels();
  const result = { ...parts };
  for (const name of partNames) if (name !== 'exit') result[name] = masked(parts[name], masks, labels);
  return result;
}
