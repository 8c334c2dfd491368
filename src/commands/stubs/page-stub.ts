/** Writes `_kernel/page.pyi`: what Python tells its worker, and what it gets from it, from what TypeScript says of them. */
import { classes, dictionary, protocol } from './python-types.ts';

/** The text of the stub, from the texts of src/kernel/process/page.ts and of src/protocol/check.ts and question.ts. */
export function pageStub(page: string, check: string, question: string): string {
  return `# Made by \`npm run stubs\` from src/kernel/process/page.ts, src/protocol/check.ts and question.ts.
# There is no such module at run time: it is imported for types alone.

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol, TypedDict

class Proxy[Value](Protocol):
    def to_py(self) -> Value: ...

${dictionary(check, 'CheckRequest')}

${classes(question, 'Question', 'TypedDict')}

${protocol(page, 'Page')}

${protocol(page, 'Recording')}

${protocol(page, 'CellJob')}

${protocol(page, 'ProgramJob')}
`;
}
