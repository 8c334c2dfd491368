/** `<Exercise>`: write code that passes checks, with a starter, checks, wrong answers, a solution, hints, an explanation. */
import type { Cell } from '../../protocol/cell.ts';
import { starterId, type WriteExercise, type WrongCode } from '../../protocol/exercise.ts';
import { packagesImported } from '../needs/package-needs.ts';
import { didYouMean } from '../suggest.ts';
import { findChecks } from './checks.ts';
import type { FenceRule, Parts, RoleFence } from './parts.ts';

/** Seconds for one check. */
const defaultTimeout = 5;

const rules = {
  starter: {
    langs: ['python'],
    least: 1,
    most: 1,
    allowed: ['name', 'clock', 'net', 'timeout', 'packages'],
    required: [],
  },
  check: { langs: ['python'], least: 1, most: 1, allowed: [], required: [] },
  wrong: {
    langs: ['python'],
    least: 2,
    most: Infinity,
    allowed: ['fails', 'why'],
    required: ['fails', 'why'],
  },
  solution: { langs: ['python'], least: 1, most: 1, allowed: [], required: [] },
} as const satisfies Readonly<Record<string, FenceRule>>;

/** `others` is what runs with the starter, or in its place. */
function starterCell(id: string, { source, options }: RoleFence, others: readonly string[]): Cell {
  return {
    id: starterId(id),
    source,
    options: {
      mode: 'script',
      name: options.name ?? `${id.replaceAll('-', '_')}.py`,
      expectError: false,
      compare: { kind: 'recorded-only' },
      masks: ['address'],
      clock: options.clock ?? 1,
      ...(options.net && { net: options.net }),
      timeout: options.timeout ?? defaultTimeout,
      packages: options.packages ?? packagesImported(source, ...others),
      lineNumbers: false,
    },
  };
}

/** Undefined when it has faults, which are then in `parts`. */
export function readWrite(parts: Parts): WriteExercise | undefined {
  const { starter, check, wrong, solution } = parts.fences(rules);
  parts.countParts('Hint', 1, Infinity);
  parts.countParts('Explanation', 1, 1);
  parts.requireProse();
  const [code] = starter;
  const [checking] = check;
  const [solved] = solution;
  const { checks, faults } = checking === undefined ? { checks: [], faults: [] } : findChecks(checking.source);
  for (const { line, what, mend } of faults) parts.fault((checking?.line ?? 0) + line, what, mend);
  const names = checks.map(({ name }) => name);
  const answers: WrongCode[] = [];
  for (const { source, line, options } of wrong) {
    const { fails = '', why = '' } = options;
    if (names.length > 0 && !names.includes(fails)) {
      parts.fault(line, `there is no check ${fails}`, `${didYouMean(fails, names)}The checks are ${names.join(', ')}.`);
    }
    answers.push({ source, fails, why });
  }
  if (code === undefined || checking === undefined || solved === undefined || parts.faults.length > 0) return undefined;
  return {
    kind: 'write',
    id: parts.id,
    title: parts.title,
    starter: starterCell(parts.id, code, [checking.source, solved.source]),
    checkSource: checking.source,
    checks,
    solution: solved.source,
    wrong: answers,
  };
}
