/** The languages that a fence may name, each with the grammar that it is highlighted by; plain ones have none. */

export const grammars = {
  python: 'python',
  py: 'python',
  bash: 'shellscript',
  sh: 'shellscript',
  console: 'shellsession',
  json: 'json',
  toml: 'toml',
  diff: 'diff',
  c: 'c',
} as const;

const plain: readonly string[] = ['text', 'txt'];

export const languages: readonly string[] = [...Object.keys(grammars), ...plain];
