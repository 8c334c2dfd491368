/**
 * From the files that changed to what `npm run quick` runs, each with why.
 *
 * Invariant: what is chosen depends on the names of the files and on `rooms.mjs` alone.
 */
import { filesOf, quickTests, roomOf, suiteOf } from './belonging.ts';

export interface Choice {
  /** A suite, or one of `format`, `types`, `lint`, `python lint`. */
  readonly what: string;
  /** Files to check, or tests to run. For the suite `recorded` chapters. */
  readonly files: readonly string[];
  readonly why: string;
}

/** The suites whose tests are listed one by one; the order is that of the plan. */
const listed = ['explore', 'kernel', 'browser', 'site', 'webkit'] as const;

const typed = /\.(?:ts|astro|mjs|js)$/;

/** Which tests, and for which changed files. */
class Reasons {
  readonly #of = new Map<string, Set<string>>();

  add(test: string, reason: string): void {
    this.#of.set(test, (this.#of.get(test) ?? new Set()).add(reason));
  }

  get tests(): readonly string[] {
    return [...this.#of.keys()].sort();
  }

  get words(): string {
    return [...new Set([...this.#of.values()].flatMap((reasons) => [...reasons]))].join(', ');
  }
}

function testsOf(changed: readonly string[], isThere: (file: string) => boolean): ReadonlyMap<string, Reasons> {
  const suites = new Map<string, Reasons>();
  const add = (test: string, reason: string): void => {
    const suite = suiteOf(test);
    if (suite === undefined) return;
    const reasons = suites.get(suite) ?? new Reasons();
    suites.set(suite, reasons);
    reasons.add(test, reason);
  };
  for (const file of changed) {
    const room = roomOf(file);
    if (room === undefined) continue;
    if (suiteOf(file) !== undefined && isThere(file)) add(file, `${file} itself`);
    for (const test of quickTests(room, file)) add(test, `room ${room.name}`);
    for (const pattern of [...(room.tests.unit ?? []), ...(room.tests.python ?? [])]) {
      for (const test of filesOf(pattern)) add(test, `room ${room.name}`);
    }
  }
  return suites;
}

/** `suites` are those that there are; `isThere` tells whether a changed file has not been removed. */
export function choose(
  changed: readonly string[],
  suites: readonly string[],
  isThere: (file: string) => boolean,
): readonly Choice[] {
  const present = changed.filter(isThere);
  const choices: Choice[] = [];
  const put = (what: string, files: readonly string[], why: string): void => {
    if (files.length > 0) choices.push({ what, files, why });
  };
  const code = present.filter((file) => typed.test(file));
  put('format', present, 'the changed files');
  if (changed.some((file) => typed.test(file))) put('types', ['all'], 'TypeScript or Astro changed');
  put('lint', code, 'the changed files');
  put(
    'python lint',
    present.filter((file) => file.endsWith('.py')),
    'the changed files',
  );
  const tests = testsOf(changed, isThere);
  const unit = tests.get('unit');
  // vitest itself finds the unit tests that import what changed; tests among these files stand for themselves.
  const sources = code.filter((file) => suiteOf(file) === undefined);
  const related = [...new Set([...sources, ...(unit?.tests ?? [])])];
  const whys = [...(sources.length === 0 ? [] : ['what imports the changed files']), ...(unit ? [unit.words] : [])];
  put('unit', related, whys.join('; '));
  const python = tests.get('python');
  if (suites.includes('python')) put('python', python?.tests ?? [], python?.words ?? '');
  for (const suite of listed) {
    const chosen = tests.get(suite);
    if (suites.includes(suite)) put(suite, chosen?.tests ?? [], chosen?.words ?? '');
  }
  const chapters = new Set(present.flatMap((file) => /^content\/(\d\d-[^/]+)\//.exec(file)?.[1] ?? []));
  put('recorded', [...chapters].sort(), 'chapters that changed: their cells that are not known to pass');
  return choices;
}
