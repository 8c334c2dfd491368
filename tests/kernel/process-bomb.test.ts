/** Processes that start processes without end meet the limit of the page as those of Linux meet RLIMIT_NPROC. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const head = 'import subprocess, sys, time\n';

/** Each starts two more as often as it can, takes no notice of Stop, and says once what keeps it from that. */
const bomb = [
  'import subprocess, sys',
  'told = False',
  'while True:',
  '    try:',
  '        for _ in range(2): subprocess.Popen([sys.executable, "-c", sys.argv[1], sys.argv[1]])',
  '    except BlockingIOError as error:',
  '        if not told: print(type(error).__name__, error, flush=True)',
  '        told = True',
  '    except BaseException: pass',
].join('\n');

it('is refused, leaves the page responsive, and is ended by Stop, with room for the next program', async () => {
  const source = [
    head,
    `bomb = ${JSON.stringify(bomb)}`,
    'subprocess.Popen([sys.executable, "-c", bomb, bomb])',
    'time.sleep(1e9)',
  ].join('\n');
  const seen = await kernel.page.evaluate(async (source) => {
    const request = { mode: 'script', source, filename: 'p.py', argv: [], clock: 1 } as const;
    let text = '';
    let frames = 0;
    const end = await window.driver.run(request, (batch) => {
      const before = text;
      for (const event of batch) if (event.type === 'stdout') text += event.text;
      if (before !== '' || text === '') return;
      // The page draws while all of them compute.
      const draw = () => {
        frames += 1;
        if (frames === 10) void window.driver.stop();
        else requestAnimationFrame(draw);
      };
      requestAnimationFrame(draw);
    });
    return { outcome: end.outcome, frames, first: text.split('\n')[0] };
  }, source);
  expect(seen).toEqual({
    outcome: 'interrupted',
    frames: 10,
    first: 'BlockingIOError [Errno 11] Resource temporarily unavailable',
  });
  const next = await kernel.run(`${head}print(subprocess.check_output([sys.executable, "-c", "print(1)"]))`, {
    mode: 'script',
  });
  expect(next.stdout).toBe("b'1\\n'\n");
});

it('is told to multiprocessing, too, which has started as many as there may be', async () => {
  const source = [
    head,
    'import multiprocessing, os',
    'if __name__ == "__main__":',
    '    started = []',
    '    try:',
    '        while True:',
    '            process = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(1e9,))',
    '            process.start()',
    '            started.append(process)',
    '    except BlockingIOError as error:',
    '        print(len(started), error, flush=True)',
    '    os._exit(0)',
  ].join('\n');
  const { stdout } = await kernel.run(source, { mode: 'script' });
  expect(stdout).toBe('16 [Errno 11] Resource temporarily unavailable\n');
});
