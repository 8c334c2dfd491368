/** A part of a chapter on its way into a notebook, and what is done with such parts whatever they came from. */
import type { Cell } from '../../protocol/cell.ts';

export type Part =
  | { readonly kind: 'prose'; readonly text: string }
  | {
      readonly kind: 'cell';
      readonly cell: Cell;
      /** The options of its fence, as they were typed. */
      readonly options: string;
      /** Its output is what a reader is to say first. */
      readonly hidden: boolean;
    }
  /** A file that is written beside the notebook and, where `run` names one, a program that is run then. */
  | { readonly kind: 'file'; readonly name: string; readonly text: string; readonly run: boolean };

export const prose = (text: string): Part => ({ kind: 'prose', text });

/** A part of the text that is opened by a click, where a notebook can fold it. */
export const folded = (summary: string, parts: readonly Part[]): readonly Part[] =>
  parts.every(({ kind }) => kind === 'prose')
    ? [
        prose(
          `<details>\n<summary>${summary}</summary>\n\n${parts.map((part) => (part.kind === 'prose' ? part.text : '')).join('\n\n')}\n\n</details>`,
        ),
      ]
    : [prose(`**${summary}**`), ...parts];

/** Neighbouring prose as one. */
export function joined(parts: readonly Part[]): readonly Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === 'prose' && part.text === '') continue;
    if (part.kind === 'prose' && last?.kind === 'prose')
      result[result.length - 1] = prose(`${last.text}\n\n${part.text}`);
    else result.push(part);
  }
  return result;
}
