/**
 * What the tests of CPython and of the packages said in the page's Python, as `docs/what-is-real.json` has it: written by
 * `npm run conformance -- --record` beside `docs/what-is-real.md`. A copy of the project without the file has no results.
 */

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface ModuleResults extends Counts {
  readonly name: string;
  /** What its tests are about; code stands between backticks. */
  readonly about: string;
}

interface Reason {
  /** `defect`: ours to mend; `platform`: a page has no such thing; `version`: the tests are of another release; `slow`: left out. */
  readonly because: 'defect' | 'platform' | 'version' | 'slow';
  readonly reason: string;
  readonly failed: number;
  readonly skipped: number;
}

export interface AreaResults {
  readonly id: string;
  readonly title: string;
  readonly modules: readonly ModuleResults[];
  /** Of each test that did not pass, those that are ours to mend first. */
  readonly reasons: readonly Reason[];
}

export interface TestResults {
  /** The release of CPython whose tests they are. */
  readonly tests: string;
  /** The release of the page's Python. */
  readonly python: string;
  readonly browser: string;
  readonly areas: readonly AreaResults[];
}

const found = import.meta.glob<TestResults>('../../../docs/what-is-real.json', { eager: true, import: 'default' });

export const testResults: TestResults | undefined = Object.values(found)[0];

export const total = (modules: readonly Counts[]): Counts => ({
  passed: modules.reduce((sum, { passed }) => sum + passed, 0),
  failed: modules.reduce((sum, { failed }) => sum + failed, 0),
  skipped: modules.reduce((sum, { skipped }) => sum + skipped, 0),
});

const grouped = new Intl.NumberFormat('en-GB');

/** `1,256 passed, 30 failed, 76 skipped`, without what is zero. */
export const countWords = ({ passed, failed, skipped }: Counts): string =>
  [[passed, 'passed'] as const, [failed, 'failed'] as const, [skipped, 'skipped'] as const]
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${grouped.format(count)} ${word}`)
    .join(', ');
