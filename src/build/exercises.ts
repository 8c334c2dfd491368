/** Sätteri visitor: the component of an exercise gets its data, and its fences go, since the component shows them. */
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition, MdxJsxFlowElement } from 'satteri';
import type { Exercise } from '../protocol/exercise.ts';
import { contentFault, formatFaults } from '../chapters/content-fault.ts';
import { isElement } from '../chapters/exercises/components.ts';
import { readExercise } from '../chapters/exercises/read-exercise.ts';
import { roleOf } from '../chapters/exercises/role.ts';
import { lineOf } from '../chapters/markdown.ts';
import { chapterSlug } from './fences.ts';

type Values = Readonly<Record<string, string>>;
type Child = MdxJsxFlowElement['children'][number];

function element(name: string | null, values: Values, children: readonly Child[]): MdxJsxFlowElement {
  const attributes: MdxJsxFlowElement['attributes'] = Object.entries(values).map(([key, value]) => ({
    type: 'mdxJsxAttribute',
    name: key,
    value,
  }));
  return { type: 'mdxJsxFlowElement', name, attributes, children: [...children] };
}

/** Where the parts stand is for the component to say: Astro puts a child with `slot` into the slot of that name. */
function arranged(children: readonly Child[], exercise: Exercise): Child[] {
  const count = (name: string): number => children.filter((child) => isElement(child) && child.name === name).length;
  let hints = 0;
  let choices = 0;
  return children.flatMap((child): Child[] => {
    if (child.type === 'code') return roleOf(child.meta) === undefined ? [child] : [];
    if (!isElement(child)) return [child];
    switch (child.name) {
      case 'Hint':
        hints += 1;
        return [element('Hint', { slot: 'hints', number: String(hints), of: String(count('Hint')) }, child.children)];
      case 'Explanation':
      case 'Because':
        return [element(child.name, { slot: child.name.toLowerCase() }, child.children)];
      case 'Choice': {
        if (exercise.kind !== 'choose') return [child];
        const index = choices;
        choices += 1;
        const values = { group: exercise.id, index: String(index), type: exercise.many ? 'checkbox' : 'radio' };
        const right: Values = exercise.right[index] === true ? { right: '' } : {};
        return [element('Choice', { slot: 'choices', ...values, ...right }, arranged(child.children, exercise))];
      }
      default:
        return [child];
    }
  });
}

/**
 * The components are not imported: the page hands them to `<Content components={{ Exercise, … }} />`. It must run before
 * the visitors that take fences; `check-content` has told all faults before.
 */
export const exercises: MdastPluginDefinition = {
  name: 'exercises',
  options: { position: true },
  mdxJsxFlowElement(node, context) {
    const path = context.fileURL === undefined ? 'unknown file' : fileURLToPath(context.fileURL);
    const read = readExercise(node, path, context.source);
    if (read === undefined) return;
    if (read.faults.length > 0) throw new Error(formatFaults(read.faults));
    const { exercise } = read;
    const chapter = chapterSlug(path);
    if (chapter === undefined || exercise === undefined) {
      const mend = 'Exercises belong in content/NN-slug/index.mdx; npm run check tells what is wrong with one.';
      throw new Error(formatFaults([contentFault({ file: path, line: lineOf(node) }, 'no exercise', mend)]));
    }
    const values = { chapter, exercise: JSON.stringify(exercise) };
    context.replaceNode(node, element(node.name, values, arranged(node.children, exercise)));
  },
};
