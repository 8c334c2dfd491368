/**
 * Checks of an exercise: what a program with checks is asked, and what it tells of each.
 *
 * A report is a `result` event of the run, whose text is its JSON: programs have no results of their own, and so the
 * order between reports and what is printed is kept. It comes out of the sandbox: only `readCheckReport` may read it.
 */

export interface CheckRequest {
  /** Python source with the check functions. */
  readonly source: string;
  /** Those that are to run, in this order. */
  readonly names: readonly string[];
  /** The checks after the first that fails are not run. */
  readonly stopAtFailure: boolean;
}

export type CheckFailure =
  /** An assertion: `source` is what was tested, of an `==` its left side alone. */
  | {
      readonly kind: 'unmet';
      readonly source: string;
      readonly message?: string;
      readonly actual?: string;
      readonly expected?: string;
    }
  | { readonly kind: 'exception'; readonly message: string; readonly traceback: string }
  /** Every thread waits; which and where was printed. */
  | { readonly kind: 'deadlock'; readonly traceback: string }
  /** By Stop, or since it took too long. */
  | { readonly kind: 'interrupted'; readonly traceback: string };

/** `check` is '' for the program's own code, which is executed before the checks. */
export type CheckReport =
  | { readonly check: string; readonly state: 'begun' }
  | { readonly check: string; readonly state: 'passed' }
  | { readonly check: string; readonly state: 'failed'; readonly failure: CheckFailure };

/** Above what an honest kernel sends (`_LONGEST` in src/kernel/python/_kernel/checks.py), with room for its notes. */
const longest = 5000;

type Fields = Readonly<Partial<Record<string, unknown>>>;

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, longest) : undefined;
}

function readFailure(value: unknown): CheckFailure | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Fields;
  const message = text(fields['message']);
  const traceback = text(fields['traceback']) ?? '';
  switch (fields['kind']) {
    case 'unmet': {
      const actual = text(fields['actual']);
      const expected = text(fields['expected']);
      return {
        kind: 'unmet',
        source: text(fields['source']) ?? '',
        ...(message !== undefined && { message }),
        ...(actual !== undefined && { actual }),
        ...(expected !== undefined && { expected }),
      };
    }
    case 'exception':
      return { kind: 'exception', message: message ?? '', traceback };
    case 'deadlock':
    case 'interrupted':
      return { kind: fields['kind'], traceback };
    default:
      return undefined;
  }
}

/** The report, or undefined for any other text. */
export function readCheckReport(json: string): CheckReport | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { check, state, failure } = value as Fields;
  if (typeof check !== 'string' || check.length > 200) return undefined;
  if (state === 'begun') return { check, state };
  if (state === 'passed') return { check, state };
  const read = state === 'failed' ? readFailure(failure) : undefined;
  return read && { check, state: 'failed', failure: read };
}
