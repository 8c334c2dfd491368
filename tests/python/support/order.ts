/** What a worker of tests is told, and what it answers. */
import type { Prepared } from '../../../src/kernel/virtual/prepare.ts';

export interface Order extends Prepared {
  /** The text of harness.py. */
  readonly harness: string;
  readonly run: {
    readonly filename: string;
    readonly source: string;
    /** The name of the function to call, once for each seed. */
    readonly test: string;
    /** The first seed; without it 0. */
    readonly first?: number;
    /** For how many seeds it is called. */
    readonly seeds: number;
    /** Places where a slice may end, after which a seed that has not ended is stopped; without it 100,000. */
    readonly patience?: number;
    /** Whether the last seed's trace comes with the answer. */
    readonly trace: boolean;
  };
}

export type Ending =
  /** `digest` is of every switch of every seed; `orders` is how many seeds gave different ones. */
  | { readonly kind: 'passed'; readonly digest: string; readonly orders: number; readonly trace: readonly string[] }
  | {
      readonly kind: 'failed';
      readonly seed: number;
      readonly traceback: string;
      readonly printed: string;
      readonly trace: readonly string[];
    }
  | { readonly kind: 'died'; readonly reason: string };
