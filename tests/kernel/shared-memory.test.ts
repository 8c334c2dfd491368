/** Processes share memory in the kernel as they do on Linux: every scenario, as it was recorded there (`record-scenarios.ts`). */
import { expect, it } from 'vitest';
import { openKernelPage } from './page.ts';
import recorded from './shared-memory/expected.json' with { type: 'json' };
import { compareWithLinux } from './scenarios.ts';

compareWithLinux(new URL('shared-memory/programs.py', import.meta.url), recorded.scenarios);

/** Linux would give it, and end the process when there is no page left for what it stores. */
it('more than there is room for is an error of the call that asks for it, and leaves nothing behind', async () => {
  const program = `
import errno, os
from multiprocessing import shared_memory

def told(act):
    try:
        act()
    except OSError as error:
        print(errno.errorcode[error.errno])

for size in (1 << 40, 600 << 20):
    told(lambda: shared_memory.SharedMemory("large", create=True, size=size, track=False))
fd = os.open("file", os.O_CREAT | os.O_RDWR)
told(lambda: os.pwrite(fd, b"x", 1 << 40))
told(lambda: os.ftruncate(fd, 1 << 40))
print(os.fstat(fd).st_size)
memory = shared_memory.SharedMemory("large", create=True, size=1, track=False)
print(memory.size)
memory.close()
memory.unlink()
`;
  await using kernel = await openKernelPage();
  const { stdout, stderr } = await kernel.run(program, { mode: 'script', filename: 'program.py' });
  expect([stderr, stdout]).toEqual(['', 'EFBIG\nENOMEM\nEFBIG\nEFBIG\n0\n1\n']);
});
