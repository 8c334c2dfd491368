/**
 * A fence or a frontmatter that is not closed. It swallows what follows, so that whatever else would be told of the file
 * is a consequence of it; these are found in the lines of the text, before Markdown reads it in its own way.
 */
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';

/** A fence may stand in a quotation or behind the sign of a list. */
const fence = /^(?:\s|>|[-*+]\s|\d+[.)]\s)*(`{3,}|~{3,})(.*)$/;

/** A line that belongs to the text of a chapter and not to its frontmatter; in YAML a single # begins a comment. */
const prose = /^(?:##+\s|```|~~~|import\s.*from\s|export\s|<[A-Za-z])/;

interface Open {
  readonly sign: string;
  readonly line: number;
}

export function unclosedFence(file: string, text: string): ContentFault | undefined {
  let open: Open | undefined;
  const fault = ({ sign, line }: Open, mend: string): ContentFault =>
    contentFault({ file, line }, 'the fence that opens here is not closed', `Write a line ${sign} ${mend}.`);
  for (const [index, words] of text.split(/\r?\n/).entries()) {
    const [, sign, info = ''] = fence.exec(words) ?? [];
    if (sign === undefined) continue;
    if (open === undefined) {
      // Markdown takes a line with a further backtick for text; the reader of chapters tells that.
      if (sign.startsWith('`') && info.includes('`')) return undefined;
      open = { sign, line: index + 1 };
      continue;
    }
    if (!sign.startsWith(open.sign)) continue;
    if (info.trim() === '') open = undefined;
    else if (/^\s*[a-z]/i.test(info) && !info.includes('`'))
      return fault(open, `after its code, above line ${index + 1}, where the next one opens`);
  }
  return open === undefined ? undefined : fault(open, 'after its code');
}

/** `yaml` is what stands between the dashes, undefined when there is only the first line of them. */
export function unclosedFrontmatter(file: string, text: string, yaml: string | undefined): ContentFault | undefined {
  if (!text.startsWith('---')) return undefined;
  const lines = text.split(/\r?\n/).slice(1);
  const first = lines.findIndex((line) => prose.test(line));
  const inside = yaml?.split(/\r?\n/).length ?? Infinity;
  if (yaml !== undefined && (first === -1 || first >= inside)) return undefined;
  const blank = lines.findIndex((line) => line.trim() === '');
  const end = [blank, first].filter((at) => at !== -1).sort((one, other) => one - other)[0] ?? lines.length;
  return contentFault(
    { file, line: 1 },
    'the frontmatter is not closed',
    `Write a line --- before line ${end + 2}, after the last key.`,
  );
}
