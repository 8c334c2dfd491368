/** Formulas between dollars, which these pages do not set: each is shown as it was typed, and told. */
import { markdownToMdast } from 'satteri';
import { walk } from '../../chapters/markdown.ts';
import { fence } from '../fence.ts';
import { beginning, type Tell } from './remark.ts';

/** A dollar is money when a blank follows it, or a digit follows the one that would close it. */
const math =
  /\$\$([^$]+)\$\$|(?<![\\$\w])\$(?!\s)([^$\n]*[^$\s\\])\$(?![\d$\w])|\\begin\{(\w+\*?)\}[\s\S]*?\\end\{\3\}/g;

export function withoutMath(markdown: string, tell: Tell): string {
  if (!/\$|\\begin/.test(markdown)) return markdown;
  const code: (readonly [number, number])[] = [];
  walk(markdownToMdast(markdown), ({ type, position }) => {
    if (type === 'code' || type === 'inlineCode') code.push([position?.start.offset ?? 0, position?.end.offset ?? 0]);
  });
  const inCode = (at: number): boolean => code.some(([start, end]) => at >= start && at < end);
  return markdown.replace(math, (whole: string, ...rest: unknown[]) => {
    const at = rest.find((value) => typeof value === 'number') ?? 0;
    if (inCode(at)) return whole;
    tell(
      `the formula ${beginning(whole)} is shown as it was typed`,
      'Pages set no formulas: write it in words, or as an image.',
    );
    if (!whole.startsWith('$') || whole.startsWith('$$')) {
      const before = markdown.slice(0, at);
      const alone = /(?:^|\n)$/.test(before) && /^\s*(?:\n|$)/.test(markdown.slice(at + whole.length));
      if (alone) return `\n${fence('text', whole)}\n`;
    }
    const marks = '`'.repeat(Math.max(0, ...(whole.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
    return `${marks}${whole.replaceAll('\n', ' ')}${marks}`;
  });
}
