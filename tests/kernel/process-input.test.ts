/** Standard input of processes: the reader's terminal, which those of a program share, and the pipe that a recorder feeds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRequest } from '../../src/protocol/run.ts';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const head = 'import subprocess, sys\n';

/** What a program shows to a reader who types `lines`. */
async function given(source: string, lines: readonly string[], input?: 'pipe' | 'echoed'): Promise<string> {
  const request: RunRequest = {
    mode: 'script',
    source: head + source,
    filename: 'program.py',
    clock: 1,
    argv: [],
    ...(input && { input }),
  };
  return kernel.page.evaluate(
    async ({ request, lines }) => {
      let text = '';
      await window.driver.run(
        request,
        (batch) => {
          for (const event of batch)
            if (event.type === 'stdout' || event.type === 'stderr') text += event.text;
            else if (event.type === 'error') text += event.traceback;
        },
        lines,
      );
      return text;
    },
    { request, lines },
  );
}

const python = (program: string) => `subprocess.run([sys.executable, "-c", ${JSON.stringify(program)}])\n`;

describe('a child that inherits standard input', () => {
  it('asks the reader, as its parent does before and after', async () => {
    const source = `a = input("Parent? ")\n${python('print("got", input("Child? "))')}print(a, input("Again? "))`;
    expect(await given(source, ['one', 'two', 'three'])).toBe(
      'Parent? one\nChild? two\ngot two\nAgain? three\none three\n',
    );
  });

  it('sees that it is a terminal, and its end', async () => {
    const program = 'import sys; print(sys.stdin.isatty(), sys.stdin.readlines())';
    expect(await given(python(program), ['a', 'b'])).toBe("a\nb\nTrue ['a\\n', 'b\\n']\n");
  });

  it('reads the pipe where that is what the program is fed by', async () => {
    const program = 'import sys; print(sys.stdin.isatty(), sys.stdin.read())';
    expect(await given(python(program), ['a', 'b'], 'pipe')).toBe('False a\nb\n\n');
  });

  it('gets one line, and another child the next, when both ask at the same time', async () => {
    const source = [
      'ask = "import sys; print(\'on\', flush=True); print(input(), file=sys.stderr)"',
      'both = [subprocess.Popen([sys.executable, "-c", ask], stdout=subprocess.PIPE) for _ in range(2)]',
      'print([each.stdout.readline() for each in both], [each.wait() for each in both])',
    ].join('\n');
    const shown = await given(source, ['one', 'two']);
    // The lines are echoed as they are typed, and each is printed by the child that has read it.
    expect(shown.trimEnd().split('\n').sort()).toEqual(["[b'on\\n', b'on\\n'] [0, 0]", 'one', 'one', 'two', 'two']);
  });

  it('is stopped while it asks, and its parent asks after that', async () => {
    const source = [
      'child = subprocess.Popen([sys.executable, "-c", "input(\'Child? \')"], stderr=subprocess.DEVNULL)',
      'try:',
      '    child.wait()',
      'except KeyboardInterrupt:',
      '    print(child.wait(), input("Parent? "))',
    ].join('\n');
    const seen = await kernel.page.evaluate(
      async (request) => {
        const prompts: string[] = [];
        let text = '';
        await window.driver.run(
          request,
          (batch) => {
            for (const event of batch) if (event.type === 'stdout') text += event.text;
          },
          ({ prompt }) => {
            prompts.push(prompt);
            if (prompt !== 'Child? ') return Promise.resolve('Ada\n');
            void window.driver.stop();
            return new Promise(() => undefined);
          },
        );
        return { prompts, text };
      },
      { mode: 'script', source: head + source, filename: 'program.py', clock: 1, argv: [] } as const,
    );
    expect(seen).toEqual({ prompts: ['Child? ', 'Parent? '], text: 'Child? Parent? Ada\n-2 Ada\n' });
  });
});

it('gives a process of multiprocessing the null device, as everywhere', async () => {
  const source = [
    'import multiprocessing',
    'def look():',
    '    print(sys.stdin.name, repr(sys.stdin.read()), sys.stdin.fileno() == 0)',
    'if __name__ == "__main__":',
    '    process = multiprocessing.get_context("spawn").Process(target=look)',
    '    process.start()',
    '    process.join()',
    '    print(process.exitcode, input("Parent? "))',
  ].join('\n');
  expect(await given(source, ['still here'])).toMatch(/^\d+ '' \w+\nParent\? still here\n0 still here\n$/);
});
