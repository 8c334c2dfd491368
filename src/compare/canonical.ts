/** Texts in the form in which each rule compares them: equal forms, and the rule holds. Runs in the page too. */

/** Lines of a text; a last line without its newline is one, an empty rest is none. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The same lines, each as often, in one order for all. */
export function sortedLines(text: string): string {
  return linesOf(text)
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

/** The actor of a line is its first word, without brackets or a colon: `foo 3`, `[foo] 3` and `foo: 3` are of `foo`. */
export function actorOf(line: string): string {
  return /^\s*[[(<]?([^\s:\])>]+)/.exec(line)?.[1] ?? '';
}

export function byActor(text: string): Map<string, string> {
  const actors = new Map<string, string>();
  for (const line of linesOf(text)) {
    const actor = actorOf(line);
    actors.set(actor, `${actors.get(actor) ?? ''}${line}\n`);
  }
  return actors;
}

/** Every True and False, one in a line. */
export function truthsOf(text: string): string {
  const words = text.match(/\b(?:True|False)\b/g) ?? [];
  return words.map((word) => `${word}\n`).join('');
}

/** The newline at the end of the output need not be in the pattern. */
export function matchesShape(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})\\n?$`, 'su').test(text);
}
