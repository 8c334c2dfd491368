/** What a worker of tests is told, and what it answers. */
export interface Order {
  /** CPython's module, compiled: workers share it. */
  readonly module: WebAssembly.Module;
  /** Where the archive of the standard library and the kernel's Python lies. */
  readonly stdlib: string;
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
