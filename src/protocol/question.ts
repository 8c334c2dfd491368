/** What an editor asks of the live interpreter while a reader types, and the answers: plain data, small on both ways. */

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

export type NameKind = 'class' | 'function' | 'namespace' | 'property' | 'variable';

export interface CompletionItem {
  /** Ends in `=` for a keyword argument. */
  readonly label: string;
  readonly kind: NameKind;
  readonly detail: string;
}

export type ParameterKind = 'positional' | 'either' | 'rest' | 'keyword' | 'keywords' | 'mark';

export interface ShownParameter {
  /** As a signature prints it; `/` or `*` alone is of kind `mark`. */
  readonly text: string;
  readonly name: string;
  readonly kind: ParameterKind;
}

export interface Inspection {
  readonly type: string;
  /** False when nothing is known of a call; `parameters` is then empty. */
  readonly callable: boolean;
  readonly parameters: readonly ShownParameter[];
  readonly returns: string;
  readonly doc: string;
}

export type Answer =
  | { readonly kind: 'completions'; readonly completions: readonly CompletionItem[] }
  | { readonly kind: 'inspection'; readonly found: Inspection | null };
