/** The components of exercises: which there are, what stands in which, and what they are called in the data. */
import type { MdastNode, MdxJsxFlowElement, MdxJsxTextElement } from 'satteri';
import type { Exercise } from '../../protocol/exercise.ts';

const kinds = { Exercise: 'write', Predict: 'predict', Order: 'order', Choose: 'choose' } as const satisfies Readonly<
  Record<string, Exercise['kind']>
>;

export function exerciseKind(name: string | null): Exercise['kind'] | undefined {
  return name !== null && Object.hasOwn(kinds, name) ? kinds[name as keyof typeof kinds] : undefined;
}

/** Each part, and the component that it stands in directly. */
export const partOf: Readonly<Record<string, readonly string[]>> = {
  Hint: ['Exercise'],
  Explanation: ['Exercise', 'Predict', 'Order'],
  Choice: ['Choose'],
  Because: ['Choice'],
};

type Element = MdxJsxFlowElement | MdxJsxTextElement;

export function isElement(node: MdastNode): node is Element {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}

export function childrenNamed(element: Element, name: string): readonly Element[] {
  return element.children.filter((child): child is Element => isElement(child) && child.name === name);
}

/** Value of a literal attribute; '' for a bare one; undefined when absent or an expression. */
export function attributeOf(element: Element, name: string): string | undefined {
  for (const attribute of element.attributes) {
    if (attribute.type !== 'mdxJsxAttribute' || attribute.name !== name) continue;
    return typeof attribute.value === 'string' ? attribute.value : attribute.value == null ? '' : undefined;
  }
  return undefined;
}
