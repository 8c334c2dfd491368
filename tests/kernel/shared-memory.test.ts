/** Processes share memory in the kernel as they do on Linux: every scenario, as it was recorded there (`record-scenarios.ts`). */
import { expect, it } from 'vitest';
import { openKernelPage } from './page.ts';
import recorded from './shared-memory/expected.json' with { type: 'json' };
import { compareWithLinux } from './scenarios.ts';

compareWithLinux(new URL('shared-memory/programs.py', import.meta.url), recorded.scenarios);

/** Linux would give it, and end the process when there is no page left for what it stores. */
it('more than there is room for is an error of the call that asks for it, and leaves nothing behind', async () => {
  const program = `
import errno
from multiprocessing import shared_memory

for size in (1 << 40, 600 << 20):
    try:
        shared_memory.SharedMemory("large", create=True, size=size, track=False)
    except OSError as error:
        print(errno.errorcode[error.errno])
memory = shared_memory.SharedMemory("large", create=True, size=1, track=False)
print(memory.size)
memory.close()
memory.unlink()
`;
  await using kernel = await openKernelPage();
  const { stdout, stderr } = await kernel.run(program, { mode: 'script', filename: 'program.py' });
  expect([stderr, stdout]).toEqual(['', 'EFBIG\nENOMEM\n1\n']);
});
