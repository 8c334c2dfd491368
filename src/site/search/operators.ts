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

/** Names of the operators in a heading, each once. `is` is an operator only beside another: else it is English. */
export function operatorNames(heading: string): string[] {
  const operators = heading.split(/[\s,:;]+/).filter((word) => OPERATORS.has(word));
  if (operators.every((word) => word === 'is')) return [];
  return [...new Set(operators.flatMap((word) => OPERATORS.get(word) ?? []))];
}
