/**
 * Writes `_os_kernel/machine.pyi`, what Python knows of the machine, from the interface `Operations` of
 * src/kernel/machine/machine.ts: its names, parameters, types and comments.
 * Invariant: a type that has no line in `pythonTypes` is refused, so the stub never says less than the interface.
 */
import ts from 'typescript';

/** What Pyodide makes of a value of each type, and what it takes for one. A number without a point becomes an `int`. */
const pythonTypes: Readonly<Record<string, string>> = {
  number: 'int',
  boolean: 'bool',
  string: 'str',
  object: 'object',
  void: 'None',
  Mark: 'Literal["kernel", "bridge"]',
  'Milliseconds | null': 'float | None',
  'Arrival | undefined': 'Arrival | None',
  '{ toJs(): Uint8Array }': 'bytes',
};

function pythonType(node: ts.TypeNode | undefined, file: ts.SourceFile): string {
  const text = node?.getText(file) ?? '';
  const found = pythonTypes[text];
  if (found === undefined) throw new Error(`machine-stub.ts: what is '${text}' in Python? Add it to pythonTypes.`);
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

function method(node: ts.MethodSignature, file: ts.SourceFile): string {
  const parameters = node.parameters.map((parameter) => {
    const type = pythonType(parameter.type, file);
    const optional = parameter.questionToken === undefined ? '' : ' = None';
    return `${snake(parameter.name.getText(file))}: ${type}${optional}`;
  });
  // A JavaScript function takes no keywords.
  const all = parameters.length === 0 ? '' : [...parameters, '/'].join(', ');
  const words = comment(node, file);
  const head = `def ${node.name.getText(file)}(${all}) -> ${pythonType(node.type, file)}:`;
  return words === '' ? `${head} ...` : `# ${words}\n${head} ...`;
}

function operationsOf(source: string): readonly ts.TypeElement[] {
  const file = ts.createSourceFile('machine.ts', source, ts.ScriptTarget.Latest, true);
  const found = file.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'Operations');
  if (found === undefined || !ts.isInterfaceDeclaration(found)) throw new Error('machine.ts has no Operations.');
  return [...found.members];
}

/** The text of the stub. */
export function machineStub(source: string): string {
  const members = operationsOf(source).map((member) => {
    const file = member.getSourceFile();
    if (ts.isMethodSignature(member)) return method(member, file);
    if (ts.isPropertySignature(member)) return `${member.name.getText(file)}: ${pythonType(member.type, file)}`;
    throw new Error(`machine-stub.ts: ${member.getText(file)} is neither a function nor a value.`);
  });
  return `# Made by \`npm run stubs\` from the interface Operations in src/kernel/machine/machine.ts.

from typing import Any, Literal, Protocol

class Arrival(Protocol):
    kind: Literal["signal", "job", "question", "input", "called"]
    def __getattr__(self, name: str) -> Any: ...

attached: bool

def attach(machine: object) -> None: ...
def run_sync(awaitable: object, /) -> object: ...

${members.join('\n')}
`;
}
