/** `docs/what-is-real.md` from the results of a whole run: what passes, and every reason why something does not. */
import { judge, type Rule } from './judge.ts';
import type { TestResult } from './run-module.ts';

export interface Results {
  readonly kind: string;
  readonly python: string;
  readonly browser: string;
  readonly modules: Readonly<Record<string, readonly TestResult[]>>;
}

const titles: Readonly<Record<Rule['because'], string>> = {
  defect: 'Defects: ours to mend',
  platform: 'Not possible in one process of a browser',
  version: 'Tests of a later patch release than the kernel’s Python',
  memory: 'More memory than a browser gives',
};

function table(modules: Results['modules']): string[] {
  const rows = Object.entries(modules).map(([module, results]) => {
    const count = (...kinds: TestResult['kind'][]) => results.filter(({ kind }) => kinds.includes(kind)).length;
    return `| \`${module}\` | ${count('passed')} | ${count('failed', 'timed out', 'crashed')} | ${count('skipped')} |`;
  });
  return ['| Module | passed | failed | skipped |', '| --- | ---: | ---: | ---: |', ...rows];
}

export function describeResults(results: Results, rules: readonly Rule[]): string {
  const { known, unexpected } = judge(rules, Object.values(results.modules).flat());
  const sections = (Object.keys(titles) as Rule['because'][]).flatMap((because) => {
    const lines = [...known].flatMap(([rule, tests]) => {
      if (rule.because !== because || tests.length === 0) return [];
      const names =
        tests.length > 3 ? '' : ` (${tests.map(({ test }) => `\`${test.replace(/^test\./, '')}\``).join(', ')})`;
      const kinds = [...new Set(tests.map(({ kind }) => kind))].join(', ');
      return [`- ${rule.reason} ${tests.length} ${kinds}${names}.`];
    });
    return lines.length === 0 ? [] : ['', `## ${titles[because]}`, '', ...lines];
  });
  return `${[
    '# What is real',
    '',
    '<!-- Written by `npm run conformance -- --docs`; do not edit. -->',
    '',
    `CPython’s own tests, run in the readers’ kernel (Python ${results.python}, ${results.browser}), one fresh kernel for`,
    'each module. Each test that does not pass stands in `tests/conformance/expected.json` with its reason.',
    '',
    ...table(results.modules),
    ...(unexpected.length === 0 ? [] : ['', `${unexpected.length} results are not expected by any rule.`]),
    ...sections,
  ].join('\n')}\n`;
}
