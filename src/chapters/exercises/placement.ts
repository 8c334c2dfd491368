/** Every part and fence of an exercise stands directly in the component that it belongs to; one that is lost has no effect. */
import type { MdastNode } from 'satteri';
import type { ComponentFault } from '../component-faults.ts';
import { exerciseKind, isElement, partOf } from './components.ts';
import { roleOf } from './role.ts';

export class PlacementCheck {
  /** Children of the exercises and parts that were visited. */
  readonly #parents = new WeakMap<object, string>();

  /** What is wrong with the place of `node`; call it for every node, parents before children. */
  visit(node: MdastNode): readonly ComponentFault[] {
    if (isElement(node) && (exerciseKind(node.name) !== undefined || node.name === 'Choice')) {
      for (const child of node.children) this.#parents.set(child, node.name ?? '');
    }
    const parent = this.#parents.get(node);
    if (node.type === 'code') {
      const role = roleOf(node.meta);
      if (role === undefined || exerciseKind(parent ?? null) !== undefined) return [];
      const mend = 'Put it directly into <Exercise>, <Predict> or <Order> (docs/authoring-exercises.md).';
      return [{ what: `a ${role} fence outside an exercise`, mend }];
    }
    if (!isElement(node)) return [];
    const name = node.name ?? '';
    const places = Object.hasOwn(partOf, name) ? partOf[name] : undefined;
    if (exerciseKind(name) !== undefined && node.type === 'mdxJsxTextElement') {
      return [
        { what: `<${name}> inside a paragraph`, mend: 'Leave a blank line before and after everything inside it.' },
      ];
    }
    if (places === undefined || places.includes(parent ?? '')) return [];
    const wanted = places.map((place) => `<${place}>`).join(', ');
    return [{ what: `<${name}> in the wrong place`, mend: `Put it directly into ${wanted}, between blank lines.` }];
  }
}
