/** What an editor asks of the live interpreter while a reader types, and the answers: plain data, small on both ways. */
import * as v from 'valibot';
import { list, text, type Data } from './schema.ts';

/**
 * Names from the first to the last of an attribute chain; `()` stands for an instance of the class so far. Of several
 * paths the first that leads somewhere counts.
 */
type Paths = readonly (readonly string[])[];

export type Question =
  | {
      readonly kind: 'completions';
      readonly namespace: string;
      /** The object whose attributes are wanted; empty for the names of the namespace. */
      readonly of: Paths;
      /** What is called around the cursor, for its keyword arguments; empty outside a call. */
      readonly callee: Paths;
    }
  | { readonly kind: 'inspection'; readonly namespace: string; readonly of: Paths };

/** For the sake of what Python imports to answer it: all that answers is used for names and a signature. */
export const aheadQuestion: Question = {
  kind: 'completions',
  namespace: '',
  of: [['print']],
  callee: [['print']],
};

/** Each bound is at or above what the kernel sends (`_kernel/complete.py`, `_kernel/signatures.py`). */
const name = text(100);

const completionSchema = v.object({
  /** Ends in `=` for a keyword argument. */
  label: name,
  kind: v.picklist(['class', 'function', 'namespace', 'property', 'variable']),
  detail: name,
});

export type CompletionItem = Data<typeof completionSchema>;

const parameterSchema = v.object({
  /** As a signature prints it, with annotation and default; `/` or `*` alone is of kind `mark`. */
  text: text(300),
  name,
  kind: v.picklist(['positional', 'either', 'rest', 'keyword', 'keywords', 'mark']),
});

export type ShownParameter = Data<typeof parameterSchema>;

const inspectionSchema = v.object({
  type: name,
  /** False when nothing is known of a call; `parameters` is then empty. */
  callable: v.boolean(),
  parameters: list(parameterSchema, 100),
  returns: name,
  doc: text(5_000),
});

export type Inspection = Data<typeof inspectionSchema>;

export const answerSchema = v.variant('kind', [
  v.object({ kind: v.literal('completions'), completions: list(completionSchema, 1000) }),
  /** Null when the path leads nowhere. */
  v.object({ kind: v.literal('inspection'), found: v.nullable(inspectionSchema) }),
]);

export type Answer = Data<typeof answerSchema>;
