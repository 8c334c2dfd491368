/** What operators are called: the index holds words, so both a query and a heading with an operator mean its name. */
export const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['==', 'equality'],
  ['!=', 'equality'],
  ['is', 'identity'],
  ['+=', 'augmented'],
  ['-=', 'augmented'],
  ['*=', 'augmented'],
  ['+', 'operator'],
  ['-', 'operator'],
  ['*', 'operator'],
  ['?', 'introspection'],
]);

/** Names of the operators in a text, each once. */
export function operatorNames(text: string): string[] {
  return [...new Set(text.split(/[\s,:;]+/).flatMap((word) => OPERATORS.get(word) ?? []))];
}
