/** `<Choose>`: at least three choices, each with its reason, and a right one among them. */
import type { ChooseExercise } from '../../protocol/exercise.ts';
import { lineOf } from '../markdown.ts';
import { attributeOf, childrenNamed } from './components.ts';
import type { Parts } from './parts.ts';

/** Undefined when it has faults, which are then in `parts`. */
export function readChoose(parts: Parts): ChooseExercise | undefined {
  parts.fences({});
  parts.requireProse();
  parts.countParts('Choice', 3, Infinity);
  const many = attributeOf(parts.element, 'many') !== undefined;
  const choices = childrenNamed(parts.element, 'Choice');
  for (const choice of choices) {
    const line = lineOf(choice);
    const reasons = childrenNamed(choice, 'Because').length;
    if (reasons !== 1) parts.fault(line, `<Choice> with ${reasons} <Because>`, 'It has exactly 1, directly inside it.');
    if (choice.children.length === reasons) parts.fault(line, '<Choice> without a text', 'Say what can be chosen.');
  }
  const right = choices.map((choice) => attributeOf(choice, 'right') !== undefined);
  const count = right.filter(Boolean).length;
  if (count === 0) parts.fault(parts.line, 'no choice is right', 'Write <Choice right> for the one that is.');
  else if (count > 1 && !many) {
    parts.fault(parts.line, `${count} choices are right`, 'Keep one, or write <Choose … many>.');
  }
  if (parts.faults.length > 0) return undefined;
  return { kind: 'choose', id: parts.id, title: parts.title, many, right };
}
