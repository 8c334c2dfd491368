/**
 * Reads interfaces and unions of TypeScript and writes what Python knows of them: names, parameters, types, comments.
 * Invariant: a type that has no line in `pythonTypes` is refused, so a stub never says less than the interface.
 */
import ts from 'typescript';

/** What Pyodide makes of a value of each type, and what it takes for one. A number without a point becomes an `int`. */
const pythonTypes: Readonly<Record<string, string>> = {
  number: 'int',
  'number | undefined': 'int | None',
  boolean: 'bool',
  string: 'str',
  'number | string': 'int | str',
  object: 'object',
  void: 'None',
  Mark: 'Literal["kernel", "bridge"]',
  Milliseconds: 'float',
  'Milliseconds | null': 'float | None',
  'Arrival | undefined': 'Arrival | None',
  'Call | undefined': 'Call | None',
  'Change | undefined': 'Change | None',
  HeldBuffer: 'bytearray',
  '{ toJs(): Uint8Array }': 'bytes',
  'string | undefined': 'str | None',
  '(answer: string) => void': 'Callable[[str], None]',
  Uint8Array: 'Octets',
  // What is in a job is between the page and whoever takes it: the desk, or a program.
  unknown: 'Any',
  Held: 'list[BaseException]',
  'Dict<CheckFailure>': 'Mapping[str, str]',
  "CheckEvent['state']": 'Literal["begun", "passed", "failed"]',
  '(outcome: RunOutcome) => void': 'Callable[[str], None]',
  '(timeline: string) => void': 'Callable[[str], None]',
  'Recording | undefined': 'Recording | None',
  'readonly string[]': 'Proxy[list[str]]',
  Paths: 'list[list[str]]',
  'CheckRequest | undefined': 'Proxy[CheckRequest] | None',
  'NetworkConditions | undefined': 'Proxy[Mapping[str, Any]] | None',
};

function pythonType(node: ts.TypeNode | undefined, file: ts.SourceFile): string {
  const text = node?.getText(file) ?? '';
  const found = pythonTypes[text];
  if (found === undefined) throw new Error(`python-types.ts: what is '${text}' in Python? Add it to pythonTypes.`);
  return found;
}

function comment(node: ts.Node, file: ts.SourceFile): string {
  const range = ts.getLeadingCommentRanges(file.text, node.getFullStart())?.at(-1);
  if (range === undefined) return '';
  const text = file.text.slice(range.pos, range.end).replace(/^\/\*\*|\*\/$/g, '');
  return text.trim();
}

/** TypeScript's parameters are in camel case, and one is a keyword of Python. */
function snake(name: string): string {
  return name === 'from' ? 'from_' : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function method(node: ts.MethodSignature, file: ts.SourceFile, self?: 'self'): string {
  const parameters = node.parameters.map((parameter) => {
    const type = pythonType(parameter.type, file);
    const optional = parameter.questionToken === undefined ? '' : type.endsWith('None') ? ' = None' : ' | None = None';
    return `${snake(parameter.name.getText(file))}: ${type}${optional}`;
  });
  // A JavaScript function takes no keywords.
  const positional = parameters.length === 0 ? [] : [...parameters, '/'];
  const all = [...(self === undefined ? [] : [self]), ...positional].join(', ');
  const words = comment(node, file);
  const head = `def ${node.name.getText(file)}(${all}) -> ${pythonType(node.type, file)}:`;
  return words === '' ? `${head} ...` : `# ${words}\n${head} ...`;
}

function fieldsOf(source: string, name: string): readonly ts.TypeElement[] {
  const file = ts.createSourceFile('interface.ts', source, ts.ScriptTarget.Latest, true);
  const found = file.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  if (found === undefined || !ts.isInterfaceDeclaration(found)) throw new Error(`There is no interface ${name}.`);
  return [...found.members];
}

export function stubs(source: string, name: string): string {
  const members = fieldsOf(source, name).map((member) => {
    const file = member.getSourceFile();
    if (ts.isMethodSignature(member)) return method(member, file);
    if (ts.isPropertySignature(member)) return `${member.name.getText(file)}: ${pythonType(member.type, file)}`;
    throw new Error(`python-types.ts: ${member.getText(file)} is neither a function nor a value.`);
  });
  return members.join('\n');
}

/** The members of the union that the source calls `name`. */
function membersOf(source: string, name: string): readonly ts.TypeNode[] {
  const file = ts.createSourceFile('union.ts', source, ts.ScriptTarget.Latest, true);
  const found = file.statements.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === name);
  if (found === undefined || !ts.isTypeAliasDeclaration(found) || !ts.isUnionTypeNode(found.type))
    throw new Error(`There is no union ${name}.`);
  return found.type.types;
}

/** The texts of the string literals in a type. */
function literals(type: ts.TypeNode | undefined): readonly string[] {
  if (type === undefined) return [];
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(literals);
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
}

const literal = (texts: readonly string[]) => `Literal[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;

/** A union of objects that `kind` tells apart: a class for each, named after its kind, and the union of all. */
export function classes(source: string, name: string, base: 'Protocol' | 'TypedDict'): string {
  const texts: string[] = [];
  const names = membersOf(source, name).map((member) => {
    if (!ts.isTypeLiteralNode(member)) throw new Error(`python-types.ts: ${member.getText()} is no object.`);
    const file = member.getSourceFile();
    let kinds: readonly string[] = [];
    const fields = member.members.map((field) => {
      if (!ts.isPropertySignature(field)) throw new Error(`python-types.ts: ${field.getText(file)} is no value.`);
      const own = field.name.getText(file);
      if (own !== 'kind') return `    ${own}: ${pythonType(field.type, file)}`;
      kinds = literals(field.type);
      return `    kind: ${literal(kinds)}`;
    });
    const own = kinds.map((kind) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`).join('Or') + name;
    texts.push(`class ${own}(${base}):\n${fields.join('\n')}\n`);
    return own;
  });
  return `${texts.join('\n')}\ntype ${name} = ${names.join(' | ')}`;
}

/** A union of tuples; Pyodide's proxy of an array is unpacked as a tuple is. */
export function tuples(source: string, name: string): string {
  const members = membersOf(source, name).map((member) => {
    const tuple = ts.isTypeOperatorNode(member) ? member.type : member;
    if (!ts.isTupleTypeNode(tuple)) throw new Error(`python-types.ts: ${member.getText()} is no tuple.`);
    const types = tuple.elements.map((element) => {
      if (!ts.isNamedTupleMember(element)) return literal(literals(element));
      return pythonType(element.type, element.getSourceFile());
    });
    return `tuple[${types.join(', ')}]`;
  });
  return `type ${name} = (\n    ${members.join('\n    | ')}\n)`;
}

/** An object of JavaScript's as a protocol. */
export function protocol(source: string, name: string): string {
  const fields = fieldsOf(source, name).map((field) => {
    const file = field.getSourceFile();
    if (ts.isMethodSignature(field)) return method(field, file, 'self');
    if (ts.isPropertySignature(field)) return `${field.name.getText(file)}: ${pythonType(field.type, file)}`;
    throw new Error(`python-types.ts: ${field.getText(file)} is neither a function nor a value.`);
  });
  return `class ${name}(Protocol):\n${fields.join('\n').replaceAll(/^/gm, '    ')}`;
}

/** An object of JavaScript's that has been made a dict. */
export function dictionary(source: string, name: string): string {
  const fields = fieldsOf(source, name).map((field) => {
    const file = field.getSourceFile();
    if (!ts.isPropertySignature(field)) throw new Error(`python-types.ts: ${field.getText(file)} is no value.`);
    const type = pythonType(field.type, file).replace(/^Proxy\[(.*)\]$/, '$1');
    return `    ${field.name.getText(file)}: ${type}`;
  });
  return `class ${name}(TypedDict):\n${fields.join('\n')}`;
}
