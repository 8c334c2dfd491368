/**
 * How a program of the playground runs where that is not as usual: what a cell of a chapter may have as options.
 *
 * Invariant: what comes from a link or from storage has only conditions that a chapter could set.
 */
import type { CellOptions, NetworkConditions } from '../../protocol/cell.ts';
import { readName } from '../../schedules/schedule-name.ts';
import { conditionWords } from '../render/condition-words.ts';

export type Conditions = Partial<Pick<CellOptions, 'clock' | 'net' | 'labels' | 'schedule'>>;

type Check = (value: unknown) => boolean;

const between =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && value > least && value <= most;

/** The bounds of src/chapters/network-option.ts. */
const network: Readonly<Record<keyof NetworkConditions, Check>> = {
  latency: between(0, 60),
  bandwidth: between(0, 1e12),
  loss: between(0, 1),
  resets: between(0, 1),
  seed: (value) => Number.isSafeInteger(value),
};

function isNetwork(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([name, each]) => Object.hasOwn(network, name) && network[name as keyof NetworkConditions](each),
  );
}

const checks: Readonly<Record<keyof Conditions, Check>> = {
  clock: between(0, 1_000),
  net: isNetwork,
  labels: (value) => value === true,
  schedule: (value) => typeof value === 'string' && readName(value) !== undefined,
};
const names = ['clock', 'net', 'labels', 'schedule'] as const;

/** What is usual is left out. */
export function conditionsOf(options: Conditions): Conditions {
  const given = Object.fromEntries(names.map((name) => [name, options[name]]));
  return readConditions(given.clock === 1 ? { ...given, clock: undefined } : given).conditions;
}

/** `refused` names what is no condition. */
export function readConditions(value: unknown): {
  readonly conditions: Conditions;
  readonly refused: readonly string[];
} {
  if (typeof value !== 'object' || value === null) return { conditions: {}, refused: [] };
  const given = value as Readonly<Record<string, unknown>>;
  const there = names.filter((name) => given[name] !== undefined);
  const good = there.filter((name) => checks[name](given[name]));
  return {
    conditions: Object.fromEntries(good.map((name) => [name, given[name]])),
    refused: there.filter((name) => !good.includes(name)),
  };
}

/** A sentence; undefined where all is as usual. */
export function toldConditions(conditions: Conditions): string | undefined {
  const words = [
    ...conditionWords(conditions),
    ...(conditions.labels ? ['each line of a process that it starts begins with that process’s number'] : []),
  ];
  if (words.length === 0) return undefined;
  const seed = conditions.net?.seed === undefined ? '' : ` Chance in its network has the seed ${conditions.net.seed}.`;
  const schedule = conditions.schedule === undefined ? '' : ` The schedule is ${conditions.schedule}.`;
  return `It came with conditions: ${words.join('; ')}.${seed}${schedule}`;
}
