/** What an exercise becomes in a notebook: its task, the files to work in, and folded away what gives the answer. */
import type { MdastNode } from 'satteri';
import { attributeOf, childrenNamed, isElement } from '../../chapters/exercises/components.ts';
import { mixed } from '../../chapters/exercises/mixed.ts';
import { readExercise } from '../../chapters/exercises/read-exercise.ts';
import { roleOf } from '../../chapters/exercises/role.ts';
import type { OrderExercise, WriteExercise } from '../../protocol/exercise.ts';
import { fence } from '../fence.ts';
import { checksFile, checksName } from './checks-file.ts';
import { folded, joined, prose, type Part } from './part.ts';
import type { Source } from './source.ts';

type Element = Extract<MdastNode, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
type PartsOf = (source: Source, node: MdastNode) => readonly Part[];

function write(exercise: WriteExercise): { readonly work: readonly Part[]; readonly answer: readonly Part[] } {
  const name = exercise.starter.options.name ?? `${exercise.id}.py`;
  return {
    work: [
      { kind: 'file', name, text: exercise.starter.source, run: false },
      prose('The checks. They say of each whether your file keeps it; run both cells after each change of yours.'),
      { kind: 'file', name: checksName(name), text: checksFile(exercise, name), run: true },
    ],
    answer: folded('Solution', [prose(fence('python', exercise.solution))]),
  };
}

function order(exercise: OrderExercise): { readonly work: readonly Part[]; readonly answer: readonly Part[] } {
  const language = exercise.code ? 'python' : 'text';
  const lines = (places: readonly number[]): string => places.map((place) => exercise.lines[place] ?? '').join('\n');
  const right = [exercise.lines.map((_, place) => place), ...exercise.also].map((places) =>
    fence(language, lines(places)),
  );
  return {
    work: [prose(fence(language, lines(mixed(exercise))))],
    answer: folded('The right order', [prose(right.join('\n\nThis order is right as well:\n\n'))]),
  };
}

function choices(source: Source, element: Element, partsOf: PartsOf): readonly Part[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const all = childrenNamed(element, 'Choice').map((choice, index) => ({
    letter: letters[index] ?? String(index + 1),
    right: attributeOf(choice, 'right') !== undefined,
    text: choice.children.filter((child) => !(isElement(child) && child.name === 'Because')),
    because: childrenNamed(choice, 'Because').flatMap(({ children }): readonly MdastNode[] => children),
  }));
  return [
    ...all.flatMap(({ letter, text }) => [prose(`**${letter}**`), ...text.flatMap((node) => partsOf(source, node))]),
    ...folded(
      'Answer',
      joined(
        all.flatMap(({ letter, right, because }) => [
          prose(`**${letter} is ${right ? 'right' : 'wrong'}.**`),
          ...because.flatMap((node) => partsOf(source, node)),
        ]),
      ),
    ),
  ];
}

/** `partsOf` gives those of a child. */
export function exerciseParts(source: Source, element: Element, partsOf: PartsOf): readonly Part[] {
  const read =
    element.type === 'mdxJsxFlowElement' ? readExercise(element, source.chapter.file, source.text) : undefined;
  const exercise = read?.exercise;
  const task: Part[] = [];
  const hints: Part[] = [];
  const after: Part[] = [];
  let hint = 0;
  for (const child of element.children) {
    if (isElement(child) && child.name === 'Hint') {
      hint += 1;
      hints.push(...folded(`Hint ${hint}`, joined(child.children.flatMap((node) => partsOf(source, node)))));
    } else if (isElement(child) && child.name === 'Explanation') {
      after.push(...folded('Explanation', joined(child.children.flatMap((node) => partsOf(source, node)))));
    } else if (isElement(child) && child.name === 'Choice') continue;
    else if (child.type === 'code' && roleOf(child.meta) !== undefined) continue;
    else
      task.push(
        ...partsOf(source, child).map((part) =>
          part.kind === 'cell' && exercise?.kind === 'predict' ? { ...part, hidden: true } : part,
        ),
      );
  }
  const title = prose(`**Exercise: ${attributeOf(element, 'title') ?? ''}**`);
  switch (exercise?.kind) {
    case 'write': {
      const { work, answer } = write(exercise);
      return [title, ...task, ...work, ...hints, ...answer, ...after];
    }
    case 'order': {
      const { work, answer } = order(exercise);
      return [title, ...task, ...work, ...answer, ...after];
    }
    case 'choose':
      return [title, ...task, ...choices(source, element, partsOf), ...after];
    case 'predict':
    case undefined:
      return [title, ...task, ...after];
    default:
      return exercise satisfies never;
  }
}
