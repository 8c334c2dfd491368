/** Cells run with a real native interpreter: NATIVE_PYTHON, else the machine's python3; without one there is nothing to run. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/protocol/cell.ts';
import { parseFence } from '../../../src/chapters/fence.ts';
import { partsOf } from '../../../src/compare/run.ts';
import { NativePython } from '../../../src/recorder/native/native-python.ts';

const command = process.env['NATIVE_PYTHON'] ?? 'python3';
const found = spawnSync(`${command} --version`, { shell: true }).status === 0;

function cell(meta: string, source: string): Cell {
  const result = parseFence(`run ${meta} native="a test"`, source, { file: 'f', line: 1 });
  if (!result.ok) throw new Error(result.faults.map(({ what }) => what).join('\n'));
  return result.cell;
}

async function run(...chain: Cell[]) {
  const { events, end, producer } = await new NativePython(command).run('test', chain);
  return { events, end, producer, parts: partsOf({ events, duration: 0 }) };
}

describe.skipIf(!found)('a native cell', () => {
  it('continues its chain, shows the last expression and awaits at top level', async () => {
    const { events, end } = await run(
      cell('id=a', 'import asyncio\nx = 1\nprint("not recorded")'),
      cell('id=b after=a', 'print("recorded")\nawait asyncio.sleep(0.05)\nx + 1'),
    );
    expect(events.map(({ type }) => type)).toEqual(['stdout', 'result']);
    expect(events).toMatchObject([{ text: 'recorded\n' }, { text: '2' }]);
    expect(events[1]?.at).toBeGreaterThanOrEqual(0.05);
    expect(end.outcome).toBe('ok');
  });

  it('cannot run a second loop: a notebook already runs one', async () => {
    const { parts } = await run(cell('id=a', 'import asyncio\nasync def f(): pass\nasyncio.run(f())'));
    expect(parts.error).toBe('RuntimeError: asyncio.run() cannot be called from a running event loop');
  });

  it('shows neither a path nor a line of the recorder in a warning that arises in it', async () => {
    const { parts } = await run(cell('id=a', 'import asyncio\nasync def f(): pass\nasyncio.run(f())'));
    const [place = '', kind = '', ...rest] = parts.stderr.split('\n')[0]?.split(': ') ?? [];
    expect(place).toMatch(/^notebook\.py:\d+$/);
    expect([kind, ...rest].join(': ')).toBe("RuntimeWarning: coroutine 'f' was never awaited");
    expect(parts.stderr).not.toContain('run_cell');
  });

  it('leaves the recorder’s folder out of what a program prints, wherever the pieces are cut', async () => {
    const source = `import sys
place = sys.modules["sitecustomize"].__file__
for cut in range(len(place)):
    sys.stdout.write(place[:cut])
    sys.stdout.flush()
    sys.stdout.write(place[cut:] + "\\n")`;
    const { parts } = await run(cell('id=a script', source));
    expect(new Set(parts.stdout.trim().split('\n'))).toEqual(new Set(['sitecustomize.py']));
  });

  it('leaves out the program’s folder where it stands alone', async () => {
    const { parts } = await run(cell('id=a script', 'import os, sys\nprint([os.getcwd(), sys.path[0]])'));
    expect(parts.stdout).toBe("['.', '.']\n");
  });

  it('shows the reader’s own lines in a traceback and none of ours', async () => {
    const { events } = await run(cell('id=a', 'def f():\n    return 1 / 0\nf()'));
    const [error] = events;
    if (error?.type !== 'error') throw new TypeError('no error');
    const plain = error.traceback.replace(/\u001b\[[\d;]*m/g, '');
    expect(plain).toContain('File "cell-a", line 2, in f\n    return 1 / 0');
    expect(plain).not.toContain('notebook.py');
  });

  it('tells a syntax error, in a notebook and in a script', async () => {
    expect((await run(cell('id=a', 'x = = 1'))).parts.error).toBe('SyntaxError: invalid syntax');
    expect((await run(cell('id=a script', 'x = = 1'))).parts).toMatchObject({
      error: 'SyntaxError: invalid syntax',
      exit: '1',
    });
  });

  it('runs a script as a program: its name, exit code, streams apart, nothing of the recorder to be seen', async () => {
    const { parts, producer } = await run(
      cell(
        'id=a script name=prog.py',
        `import os, sys
print(__name__, sys.argv, os.path.basename(__file__), [n for n in os.environ if n.startswith("RECORDER")])
print(sys.stdin.read() == "")
print("warned", file=sys.stderr)
raise SystemExit(3)`,
      ),
    );
    expect(parts).toEqual({
      stdout: "__main__ ['prog.py'] prog.py []\nTrue\n",
      stderr: 'warned\n',
      result: '',
      error: '',
      exit: '3',
    });
    expect(producer).toMatchObject({ kind: 'native', python: expect.stringMatching(/^3\.\d+/) as string });
  });

  it('starts processes by every method, since the program is a file', async () => {
    const source = `import multiprocessing as mp
def work(name): print("child by", name)
if __name__ == "__main__":
    for name in ("fork", "spawn"):
        child = mp.get_context(name).Process(target=work, args=(name,))
        child.start()
        child.join()`;
    expect((await run(cell('id=a script', source))).parts.stdout).toBe('child by fork\nchild by spawn\n');
  });

  it('is ended at its timeout with what it had printed', async () => {
    const { parts, end } = await run(cell('id=a script timeout=1', 'print("first")\nwhile True: pass'));
    expect(end).toMatchObject({ outcome: 'fault', fault: { kind: 'timeout' } });
    expect(parts.stdout).toBe('first\n');
  });
});

describe('an interpreter that is none', () => {
  it('is named in the error', async () => {
    const run = (name: string) => new NativePython(name).run('test', [cell('id=a', '1')]);
    await expect(run('no-such-python')).rejects.toThrow('NATIVE_PYTHON="no-such-python" cannot run a cell');
    await expect(run('true')).rejects.toThrow('the interpreter ended before the program did');
  });
});
