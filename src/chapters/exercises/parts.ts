/** What the readers of all four kinds share: the component's fences by role, and a place to put faults. */
import type { MdastNode, MdxJsxFlowElement, MdxJsxTextElement } from 'satteri';
import { contentFault } from '../content-fault.ts';
import type { ContentFault } from '../content-fault.ts';
import { lineOf } from '../markdown.ts';
import { isRun, typedMeta } from '../meta.ts';
import { attributeOf, childrenNamed } from './components.ts';
import { readRoleOptions, roleOf } from './role.ts';
import type { Allowed, Role, RoleOptions } from './role.ts';

type Code = MdastNode & { type: 'code' };

export interface RoleFence {
  readonly source: string;
  readonly lang: string;
  readonly line: number;
  readonly options: RoleOptions;
}

/** How often a fence may stand in a component, and which options it takes. */
export interface FenceRule {
  readonly langs: readonly string[];
  readonly least: number;
  readonly most: number;
  readonly allowed: Allowed;
  readonly required: Allowed;
}

export class Parts {
  readonly faults: ContentFault[] = [];
  readonly element: MdxJsxFlowElement | MdxJsxTextElement;
  readonly id: string;
  readonly title: string;
  readonly #file: string;
  readonly #text: string;

  /** `text` is the whole chapter, whose fences are read as they were typed. */
  constructor(element: MdxJsxFlowElement | MdxJsxTextElement, file: string, text: string) {
    this.element = element;
    this.#file = file;
    this.#text = text;
    this.id = attributeOf(element, 'id') ?? '';
    this.title = attributeOf(element, 'title')?.trim() ?? '';
  }

  /** The component as an author writes it. */
  get name(): string {
    return `<${this.element.name ?? ''}>`;
  }

  get line(): number {
    return lineOf(this.element);
  }

  fault(line: number, what: string, mend: string): void {
    this.faults.push(contentFault({ file: this.#file, line }, what, mend));
  }

  /** The options of a fence as they were typed. */
  metaOf(node: Code): string {
    return typedMeta(this.#text, node.position?.start ?? { line: lineOf(node), column: 1 });
  }

  get #code(): readonly Code[] {
    return this.element.children.filter((child): child is Code => child.type === 'code');
  }

  /** The cells that stand directly in it. */
  get cells(): readonly Code[] {
    return this.#code.filter(({ meta }) => isRun(meta));
  }

  /** The fences of each role in document order, as far as they are without faults. */
  fences<Known extends Role>(rules: Readonly<Record<Known, FenceRule>>): Record<Known, readonly RoleFence[]> {
    const known = Object.keys(rules) as Known[];
    const found = Object.fromEntries(known.map((role) => [role, []])) as unknown as Record<Known, RoleFence[]>;
    const counts = new Map<Role, number>();
    for (const node of this.#code) {
      const role = roleOf(node.meta);
      if (role === undefined) continue;
      const line = lineOf(node);
      const rule = known.includes(role as Known) ? rules[role as Known] : undefined;
      if (rule === undefined) {
        this.fault(line, `a ${role} fence in ${this.name}`, `It has fences for ${known.join(', ')}.`);
        continue;
      }
      counts.set(role, (counts.get(role) ?? 0) + 1);
      const fence = this.#fence(node, role, rule, line);
      if (fence !== undefined) found[role as Known].push(fence);
    }
    for (const role of known) this.#count(role, counts.get(role) ?? 0, rules[role]);
    return found;
  }

  #fence(node: Code, role: Role, rule: FenceRule, line: number): RoleFence | undefined {
    const before = this.faults.length;
    const lang = node.lang ?? '';
    if (!rule.langs.includes(lang)) {
      const wanted = rule.langs.map((name) => `\`\`\`${name} ${role}`).join(' or ');
      this.fault(line, `a ${role} fence in “${lang}”`, `Write ${wanted}.`);
    }
    const { options, faults } = readRoleOptions(this.metaOf(node), rule.allowed, rule.required, (what, mend) =>
      contentFault({ file: this.#file, line }, what, mend),
    );
    this.faults.push(...faults);
    if (node.value.trim() === '') this.fault(line, `an empty ${role} fence`, 'Write something in it, or remove it.');
    return this.faults.length > before
      ? undefined
      : // A checkout with other line ends must not make every verdict stale.
        { source: node.value.replaceAll('\r\n', '\n'), lang, line, options };
  }

  #count(role: Role, count: number, { least, most }: FenceRule): void {
    if (count >= least && count <= most) return;
    const wanted = least === most ? `exactly ${least}` : `at least ${least}`;
    this.fault(this.line, `${this.name} with ${count} ${role} fences`, `It has ${wanted}.`);
  }

  /** Tells when the number of children of one name is not within limits. */
  countParts(name: string, least: number, most: number): void {
    const count = childrenNamed(this.element, name).length;
    if (count >= least && count <= most) return;
    const wanted = least === most ? `exactly ${least}` : `at least ${least}`;
    this.fault(this.line, `${this.name} with ${count} <${name}>`, `It has ${wanted}, directly inside it.`);
  }

  /** Tells when nothing but fences and parts stands in it: there is no task. */
  requireProse(): void {
    const prose = this.element.children.some(
      (child) => child.type !== 'code' && child.type !== 'mdxJsxFlowElement' && child.type !== 'mdxFlowExpression',
    );
    if (!prose) this.fault(this.line, `${this.name} without a question`, 'Say in prose what is asked.');
  }
}
