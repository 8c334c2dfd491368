/** Writes `_os_kernel/machine.pyi`, what Python knows of the machine, from what the machine says of itself in TypeScript. */
import { classes, stubs, tuples } from './python-types.ts';

export interface Sources {
  readonly machine: string;
  readonly descriptors: string;
  readonly calls: string;
}

/** The text of the stub, from the texts of machine.ts, descriptors.ts and c-calls.ts. */
export function machineStub({ machine, descriptors, calls }: Sources): string {
  return `# Made by \`npm run stubs\` from the interfaces Operations in src/kernel/machine/machine.ts and
# DescriptorOperations in descriptors.ts, and from what they name there and in c-calls.ts.

from collections.abc import Callable
from typing import Any, Literal, Protocol

class Octets(Protocol):
    def to_bytes(self) -> bytes: ...

${classes(machine, 'Arrival', 'Protocol')}

${classes(calls, 'Call', 'Protocol')}

${tuples(descriptors, 'Change')}

attached: bool

def attach_descriptors(descriptors: object) -> None: ...

${stubs(descriptors, 'DescriptorOperations')}

def attach(machine: object) -> None: ...
def run_sync(awaitable: object, /) -> object: ...

${stubs(machine, 'Operations')}
`;
}
