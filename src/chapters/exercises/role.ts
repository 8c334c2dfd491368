/** The fences of an exercise: the role that the first word after the language gives, and the options that it takes. */
import type { ContentFault } from '../content-fault.ts';
import { splitMeta } from '../meta.ts';
import type { NetworkConditions } from '../../protocol/cell.ts';
import { readNetwork } from '../network-option.ts';
import * as read from '../option-values.ts';
import { didYouMean } from '../suggest.ts';

const roles = ['starter', 'check', 'wrong', 'solution', 'order', 'also'] as const;
export type Role = (typeof roles)[number];

export function roleOf(meta: string | null | undefined): Role | undefined {
  const [word] = (meta ?? '').trim().split(/\s/, 1);
  return roles.find((role) => role === word);
}

/** What an author wrote, before defaults: only what was given and understood. */
export interface RoleOptions {
  name?: string;
  clock?: number;
  net?: NetworkConditions;
  timeout?: number;
  packages?: readonly string[];
  fails?: string;
  why?: string;
}

type Readers = {
  readonly [K in keyof Required<RoleOptions>]: (text: string) => read.Value<NonNullable<RoleOptions[K]>>;
};

function readCheckName(text: string): read.Value<string> {
  return /^test_\w+$/.test(text)
    ? { ok: true, value: text }
    : { ok: false, expected: 'the name of a check, as in fails=test_empty' };
}

const readers: Readers = {
  name: read.readFileName,
  clock: read.readClock,
  net: readNetwork,
  timeout: read.readTimeout,
  packages: read.readPackages,
  fails: readCheckName,
  why: read.readText,
};

/** Options that a fence may have; those that end in `!` it must have. */
export type Allowed = readonly (keyof RoleOptions)[];

type MakeFault = (what: string, mend: string) => ContentFault;

/** Reads the words behind the role. `required` must all be there. */
export function readRoleOptions(
  meta: string,
  allowed: Allowed,
  required: Allowed,
  fault: MakeFault,
): { readonly options: RoleOptions; readonly faults: readonly ContentFault[] } {
  const options: RoleOptions = {};
  const split = splitMeta(meta);
  if (!split.ok) {
    const mend = 'Write option=value, or option="a value" when it has spaces; close every quote.';
    return { options, faults: [fault(`cannot read the fence’s options from “${split.rest}” on`, mend)] };
  }
  const faults: ContentFault[] = [];
  const [role = { key: '' }, ...words] = split.words;
  const seen = new Set<string>();
  if ('value' in role) faults.push(fault(`${role.key} takes no value`, `Write ${role.key} alone.`));
  for (const { key, value } of words) {
    const known = allowed.find((name) => name === key);
    if (known === undefined) {
      const takes = allowed.length === 0 ? 'It takes none' : `It takes ${allowed.join(', ')}`;
      faults.push(fault(`a ${role.key} fence has no option “${key}”`, `${didYouMean(key, allowed)}${takes}.`));
    } else if (seen.has(key)) faults.push(fault(`${key} is given twice`, `Keep one ${key}.`));
    else if (value === undefined) faults.push(fault(`${key} needs a value`, `Write ${key}=….`));
    else {
      const result = readers[known](value);
      if (result.ok) Object.assign(options, { [known]: result.value });
      else faults.push(fault(`cannot use ${key}="${value}"`, `Write ${result.expected}.`));
    }
    seen.add(key);
  }
  for (const name of required) {
    if (!seen.has(name)) faults.push(fault(`a ${role.key} fence without ${name}=`, `Add ${name}=${example[name]}.`));
  }
  return { options, faults };
}

const example: Readonly<Record<keyof RoleOptions, string>> = {
  name: '…',
  clock: '…',
  net: '…',
  timeout: '…',
  packages: '…',
  fails: 'NAME, the check that it fails first',
  why: '"…": what this answer misses, which the reader is told',
};
