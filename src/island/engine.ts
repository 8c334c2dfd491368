/** What the engine in the page can run today; a cell that needs more shows its recorded output and says why. */
import type { Cell } from '../protocol/cell.ts';

/** The packages that this build serves; `src/build/runtime.ts` defines it. */
declare const SERVED_PACKAGES: readonly string[] | undefined;

interface Engine {
  readonly scripts: boolean;
  readonly packages: ReadonlySet<string>;
}

const engine: Engine = {
  scripts: true,
  packages: new Set(typeof SERVED_PACKAGES === 'undefined' ? [] : SERVED_PACKAGES),
};

/**
 * Why a cell cannot be live, as a clause after "Recorded only:"; undefined for a live cell.
 * @param chain the cells that it continues, first to last, and then itself
 */
export function whyRecordedOnly(chain: readonly Cell[]): string | undefined {
  const options = chain.at(-1)?.options;
  if (options === undefined) return undefined;
  if (options.native !== undefined) return options.native;
  if (options.mode === 'script' && !engine.scripts) return 'the page cannot start programs of their own yet';
  const wanted = new Set(chain.flatMap((cell) => cell.options.packages));
  const missing = [...wanted].filter((name) => !engine.packages.has(name));
  if (missing.length > 0)
    return `this copy of the site was built on a machine that could not fetch ${missing.join(', ')}`;
  return undefined;
}
