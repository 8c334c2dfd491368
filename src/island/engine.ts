/** What the engine in the page can run today; a cell that needs more shows its recorded output and says why. */
import type { Cell } from '../protocol/cell.ts';

interface Engine {
  readonly scripts: boolean;
  /** Packages that the site itself serves. */
  readonly packages: ReadonlySet<string>;
}

const engine: Engine = { scripts: true, packages: new Set() };

/** Why a cell cannot be live, as a clause after "Recorded only:"; undefined for a live cell. */
export function whyRecordedOnly({ options }: Cell): string | undefined {
  if (options.native !== undefined) return options.native;
  if (options.mode === 'script' && !engine.scripts) return 'the page cannot start programs of their own yet';
  const missing = options.packages.filter((name) => !engine.packages.has(name));
  if (missing.length > 0) return `the page cannot load ${missing.join(', ')} yet`;
  return undefined;
}
