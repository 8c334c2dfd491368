/** Gives each alias of a chapter to the section it is about, so that a search by it leads there and not to the chapter's top. */

interface Section {
  readonly title: string;
  readonly text: string;
  readonly names: string;
}

/** A word and its plural or other ending are taken for one: the alias `operator` is about a title with `Operators`. */
function occurrences(word: string, text: string): number {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.match(new RegExp(`(?<![A-Za-z0-9])${escaped}`, 'gi'))?.length ?? 0;
}

/** How much a section is about an alias: how many of its words it has, then how prominently, then how often. */
function aboutness(alias: string, { title, text, names }: Section): number {
  const words = alias.split(/\s+/).filter((word) => word.length > 1);
  const body = `${text} ${names}`;
  const found = words.filter((word) => occurrences(word, `${title} ${body}`) > 0).length;
  const titled = words.some((word) => word.length > 3 && occurrences(word, title) > 0);
  if (found === 0 || (found * 2 <= words.length && !titled)) return 0;
  const sum = (count: (word: string) => number): number => words.reduce((total, word) => total + count(word), 0);
  const inTitle = sum((word) => Math.min(occurrences(word, title), 1)) + 3 * occurrences(alias, title);
  const inBody = sum((word) => occurrences(word, body)) / words.length + 5 * occurrences(alias, body);
  return found / words.length + inTitle * 8 + Math.min(inBody, 60) / 10;
}

/** For each section, in order, its aliases; those that no section is about are left over for the chapter. */
export function shareAliases(
  aliases: readonly string[],
  sections: readonly Section[],
): { readonly bySection: readonly (readonly string[])[]; readonly left: readonly string[] } {
  const bySection: string[][] = sections.map(() => []);
  const left: string[] = [];
  for (const alias of aliases) {
    const scores = sections.map((section) => aboutness(alias, section));
    const most = Math.max(0, ...scores);
    if (most === 0) left.push(alias);
    else bySection[scores.indexOf(most)]?.push(alias);
  }
  return { bySection, left };
}
