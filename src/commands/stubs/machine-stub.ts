/**
 * Writes `_os_kernel/machine.pyi`, what Python knows of the machine, from the interfaces `Operations` of
 * src/kernel/machine/machine.ts and `DescriptorOperations` of descriptors.ts: names, parameters, types and comments.
 * Invariant: a type that has no line in `pythonTypes` is refused, so the stub never says less than the interface.
 */
import ts from 'typescript';

/** What Pyodide makes of a value of each type, and what it takes for one. A number without a point becomes an `int`. */
const pythonTypes: Readonly<Record<string, string>> = {
  number: 'int',
  boolean: 'bool',
  string: 'str',
  'number | string': 'int | str',
  object: 'object',
  void: 'None',
  Mark: 'Literal["kernel", "bridge"]',
  'Milliseconds | null': 'float | None',
  'Arrival | undefined': 'Arrival | None',
  'Call | undefined': 'Call | None',
  'Change | undefined': 'Iterable[Any] | None',
  HeldBuffer: 'bytearray',
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

function operationsOf(source: string, name: string): readonly ts.TypeElement[] {
  const file = ts.createSourceFile('machine.ts', source, ts.ScriptTarget.Latest, true);
  const found = file.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  if (found === undefined || !ts.isInterfaceDeclaration(found)) throw new Error(`There is no interface ${name}.`);
  return [...found.members];
}

function stubs(source: string, name: string): string {
  const members = operationsOf(source, name).map((member) => {
    const file = member.getSourceFile();
    if (ts.isMethodSignature(member)) return method(member, file);
    if (ts.isPropertySignature(member)) return `${member.name.getText(file)}: ${pythonType(member.type, file)}`;
    throw new Error(`machine-stub.ts: ${member.getText(file)} is neither a function nor a value.`);
  });
  return members.join('\n');
}

/** The text of the stub, from the sources of machine.ts and descriptors.ts. */
export function machineStub(machine: string, descriptors: string): string {
  return `# Made by \`npm run stubs\` from the interfaces Operations in src/kernel/machine/machine.ts and
# DescriptorOperations in src/kernel/machine/descriptors.ts.

from collections.abc import Iterable
from typing import Any, Literal, Protocol

class Arrival(Protocol):
    kind: Literal["signal", "job", "question", "input", "called"]
    def __getattr__(self, name: str) -> Any: ...

class Call(Protocol):
    kind: Literal["read", "write", "reopen", "fifo"]
    file: int
    def __getattr__(self, name: str) -> Any: ...

attached: bool

def attach_descriptors(descriptors: object) -> None: ...

${stubs(descriptors, 'DescriptorOperations')}

def attach(machine: object) -> None: ...
def run_sync(awaitable: object, /) -> object: ...

${stubs(machine, 'Operations')}
`;
}
