/** What the components of a chapter become in a notebook: Markdown and code, one after another, with nothing left out. */
import type { MdastNode } from 'satteri';
import { attributeOf, exerciseKind, isElement } from '../../chapters/exercises/components.ts';
import { cellsById } from '../../chapters/chain.ts';
import { isRun, splitMeta, typedMeta } from '../../chapters/meta.ts';
import { drawingAddress, imageAddress } from './drawing.ts';
import { exerciseParts } from './exercise-parts.ts';
import { folded, joined, prose, type Part } from './part.ts';
import { bracketed } from '../bracketed.ts';
import { markdownOf, spanOf } from './prose.ts';
import type { Source } from './source.ts';

type Element = Extract<MdastNode, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;

/** Prose in a frame at its left edge; cells cannot have one. */
const quoted = (parts: readonly Part[]): readonly Part[] =>
  joined(parts).map((part) =>
    part.kind === 'prose'
      ? prose(
          part.text
            .split('\n')
            .map((line) => `> ${line}`.trimEnd())
            .join('\n'),
        )
      : part,
  );

function figure(source: Source, element: Element): string {
  const alt = bracketed(attributeOf(element, 'alt') ?? '');
  const [drawn] = element.children.filter(isElement);
  const file = source.drawings.get(drawn?.name ?? '');
  let address: string | undefined;
  if (file !== undefined) address = imageAddress(source.root, file);
  else if (drawn?.name === 'svg') {
    const { start, end } = spanOf(drawn);
    address = drawingAddress(source.text.slice(start, end).replaceAll('className=', 'class='));
  }
  const image =
    address === undefined
      ? markdownOf(source, element.children) || attributeOf(element, 'alt')
      : `![${alt}](${address})`;
  return `${image ?? ''}\n\n*${attributeOf(element, 'caption') ?? ''}*`;
}

const words = { note: 'Note', tip: 'Tip', caution: 'Caution', mistake: 'Common mistake', version: 'Version' } as const;

function asideTitle(element: Element): string {
  const type = attributeOf(element, 'type') ?? 'note';
  const since = attributeOf(element, 'since');
  const word =
    since === undefined ? (Object.entries(words).find(([name]) => name === type)?.[1] ?? 'Note') : `Python ${since}`;
  const title = attributeOf(element, 'title');
  return title === undefined ? word : `${word}: ${title}`;
}

function elementParts(source: Source, element: Element): readonly Part[] {
  const children = (): readonly Part[] => element.children.flatMap((child) => partsOf(source, child));
  const text = (name: string): string => attributeOf(element, name) ?? '';
  if (exerciseKind(element.name) !== undefined) return exerciseParts(source, element, partsOf);
  switch (element.name) {
    case 'Aside':
      return quoted([prose(`**${asideTitle(element)}**`), ...children()]);
    case 'Details':
      return folded(text('summary'), joined(children()));
    case 'KeyPoints':
      return [prose(`**${text('title') || 'Key points'}**`), ...children()];
    case 'Tabs':
      return [prose(`**${text('label')}**`), ...children()];
    case 'Tab':
      return [prose(`**${text('label')}**`), ...children()];
    case 'Column':
      return [prose(`**${text('title')}**`), ...children()];
    case 'Figure':
      return [prose(figure(source, element))];
    default: {
      const file = source.drawings.get(element.name ?? '');
      const address = file === undefined ? undefined : imageAddress(source.root, file);
      if (address !== undefined) return [prose(`![](${address})`)];
      return /^[A-Z]/.test(element.name ?? '') ? children() : [prose(markdownOf(source, [element]))];
    }
  }
}

/** The options of a fence as they were typed. */
const typedOptions = (source: Source, node: MdastNode): string =>
  typedMeta(source.text, node.position?.start ?? { line: 1, column: 1 });

export function partsOf(source: Source, node: MdastNode): readonly Part[] {
  if (node.type === 'mdxJsxFlowElement') return elementParts(source, node);
  if (node.type === 'code' && isRun(node.meta)) {
    const options = typedOptions(source, node);
    const split = splitMeta(options);
    const id = split.ok ? split.words.find(({ key }) => key === 'id')?.value : undefined;
    const cell = id === undefined ? undefined : cellsById(source.chapter).get(id);
    if (cell !== undefined) return [{ kind: 'cell', cell, options, hidden: false }];
  }
  if (node.type === 'yaml' || node.type === 'mdxjsEsm') return [];
  return [prose(markdownOf(source, [node]))];
}
