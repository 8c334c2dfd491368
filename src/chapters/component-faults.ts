/** The components a chapter may use, and what is wrong with a use of one: unknown props, missing ones, wrong values. */
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'satteri';
import { exerciseKind, partOf } from './exercises/components.ts';
import type { GlossaryEntry } from './glossary.ts';
import { findTerm, glossaryFile } from './glossary.ts';
import { textOf } from './markdown.ts';
import { documentedAt, nearestDocumented } from './python-names/documented-at.ts';
import { didYouMean } from './suggest.ts';

export const asideTypes = ['note', 'tip', 'caution', 'mistake', 'version'] as const;

interface Shape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const shapes: Readonly<Record<string, Shape>> = {
  Aside: { required: [], optional: ['type', 'title', 'since'] },
  Tabs: { required: ['label'], optional: [] },
  Tab: { required: ['label'], optional: [] },
  Figure: { required: ['caption', 'alt'], optional: ['wide'] },
  Columns: { required: [], optional: [] },
  Column: { required: ['title'], optional: [] },
  Term: { required: [], optional: ['name'] },
  Api: { required: ['name'], optional: [] },
  Details: { required: ['summary'], optional: ['open', 'group'] },
  KeyPoints: { required: [], optional: ['title'] },
  Exercise: { required: ['id', 'title'], optional: [] },
  Predict: { required: ['id', 'title'], optional: [] },
  Order: { required: ['id', 'title'], optional: [] },
  Choose: { required: ['id', 'title'], optional: ['many'] },
  Hint: { required: [], optional: [] },
  Explanation: { required: [], optional: [] },
  Choice: { required: [], optional: ['right'] },
  Because: { required: [], optional: [] },
};

export interface ComponentFault {
  readonly what: string;
  readonly mend: string;
}

type Element = MdxJsxFlowElement | MdxJsxTextElement;

const componentsPage = 'docs/authoring-components.md';
const exercisesPage = 'docs/authoring-exercises.md';

/** Value of a literal attribute; undefined when absent or an expression, '' when it is a bare name. */
function literals(element: Element): ReadonlyMap<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  for (const attribute of element.attributes) {
    if (attribute.type !== 'mdxJsxAttribute') continue;
    const { name, value } = attribute;
    values.set(name, typeof value === 'string' ? value : value == null ? '' : undefined);
  }
  return values;
}

const childNames = (element: Element): readonly string[] =>
  element.children.flatMap((child) =>
    child.type === 'mdxJsxFlowElement' || child.type === 'mdxJsxTextElement' ? [child.name ?? ''] : [],
  );

function structureFaults(element: Element): readonly ComponentFault[] {
  const names = childNames(element);
  if (element.name === 'Columns' && (names.length !== 2 || names.some((name) => name !== 'Column')))
    return [
      {
        what: 'Columns without exactly two Column children',
        mend: 'It compares two things: write two <Column title="…">.',
      },
    ];
  if (element.name === 'Tabs' && (names.length < 2 || names.some((name) => name !== 'Tab')))
    return [
      {
        what: 'Tabs with something other than two or more Tab children',
        mend: 'Put everything inside <Tab label="…">.',
      },
    ];
  return [];
}

function valueFaults(
  element: Element,
  values: ReadonlyMap<string, string | undefined>,
  glossary: readonly GlossaryEntry[] | undefined,
): readonly ComponentFault[] {
  const name = values.get('name');
  if (element.name === 'Aside') {
    const type = values.get('type');
    if (type !== undefined && !asideTypes.some((known) => known === type))
      return [
        {
          what: `an Aside of the unknown type “${type}”`,
          mend: `${didYouMean(type, asideTypes)}The types are ${asideTypes.join(', ')}.`,
        },
      ];
    if (values.has('since') && type !== 'version')
      return [
        { what: 'since= on an Aside that is not of type version', mend: 'Write type="version", or remove since.' },
      ];
  }
  if (element.name === 'Api' && name !== undefined && documentedAt(name) === undefined) {
    const guess = nearestDocumented(name);
    return [
      {
        what: `no documentation that the course knows has “${name}”`,
        mend: `${guess === undefined ? '' : `Did you mean “${guess}”? `}Give the full name as its documentation heads it (${componentsPage}, “Api”).`,
      },
    ];
  }
  if (element.name === 'Term' && glossary !== undefined) {
    const words = name ?? textOf(element);
    if (findTerm(glossary, words) === undefined) {
      const known = glossary.flatMap(({ term, also }) => [term, ...also]);
      return [
        {
          what: `the glossary has no “${words}”`,
          mend: `${didYouMean(words, known)}Add it to ${glossaryFile}, or name a term that is there with name="…".`,
        },
      ];
    }
  }
  return [];
}

export interface ComponentContext {
  /** Terms are checked when it is given. */
  readonly glossary: readonly GlossaryEntry[] | undefined;
  /** The import lines of the chapter: what they name is the chapter's own. */
  readonly imports: string;
}

/** Elements of HTML, and components that the chapter imports itself, have no faults here. */
export function componentFaults(element: Element, { glossary, imports }: ComponentContext): readonly ComponentFault[] {
  const name = element.name ?? '';
  if (!Object.hasOwn(shapes, name)) {
    if (!/^[A-Z]\w*$/u.test(name) || new RegExp(`\\b${name}\\b`, 'u').test(imports)) return [];
    return [
      {
        what: `there is no component “${name}”`,
        mend: `${didYouMean(name, Object.keys(shapes))}The components are ${Object.keys(shapes).join(', ')} (${componentsPage}).`,
      },
    ];
  }
  const shape = shapes[name];
  if (shape === undefined) return [];
  const page = exerciseKind(name) === undefined && !Object.hasOwn(partOf, name) ? componentsPage : exercisesPage;
  const values = literals(element);
  const known = [...shape.required, ...shape.optional];
  const faults: ComponentFault[] = [];
  for (const given of values.keys()) {
    if (!known.includes(given))
      faults.push({
        what: `${name} has no “${given}”`,
        mend: `${didYouMean(given, known)}${known.length === 0 ? 'It takes no props' : `It takes ${known.join(', ')}`} (${page}).`,
      });
  }
  for (const required of shape.required) {
    if (!values.has(required) || values.get(required)?.trim() === '')
      faults.push({ what: `${name} without ${required}`, mend: `Write <${name} ${required}="…"> (${page}).` });
  }
  return [...faults, ...structureFaults(element), ...valueFaults(element, values, glossary)];
}
