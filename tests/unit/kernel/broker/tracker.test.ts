/** The resource tracker in the broker: quiet as long as CPython's is, and an interpreter when that would speak. */
import { describe, expect, it } from 'vitest';
import { bytes, Page, text, type Told } from './page.ts';

interface Tracked {
  readonly page: Page;
  readonly parent: Told;
  readonly pid: number;
  readonly write: (...lines: readonly string[]) => void;
  readonly close: () => void;
}

/** A process that has started a tracker, and closed its own reading end. */
function tracked(options: readonly string[] = [], environment: readonly string[] = []): Tracked {
  const page = new Page();
  const parent = page.first;
  parent.say({ type: 'pipe.make', reader: 1, writer: 2, content: new Uint8Array(0) });
  const program = 'from multiprocessing.resource_tracker import main;main(7)';
  parent.say({
    type: 'process.spawn',
    request: 1,
    command: { argv: ['python3', ...options, '-c', program], environment, folder: '/', mask: 0o22 },
    descriptors: [
      { descriptor: 2, stream: 2 },
      { descriptor: 7, handle: 1, flags: 0 },
    ],
  });
  const { pid } = parent.last('process.spawned');
  parent.say({ type: 'handle.close', handle: 1 });
  return {
    page,
    parent,
    pid,
    write: (...lines) => {
      for (const line of lines) parent.say({ type: 'pipe.write', handle: 2, content: bytes(line) });
    },
    close: () => {
      parent.say({ type: 'handle.close', handle: 2 });
    },
  };
}

/** What the interpreter that has taken over reads. */
function unread({ page, pid }: Tracked): string {
  const interpreter = page.processes.get(pid);
  const pipe = interpreter?.last('process.begin').descriptors.find(({ descriptor }) => descriptor === 7);
  if (!interpreter || !pipe || !('handle' in pipe)) throw new Error('it has no pipe');
  let all = '';
  for (let request = 1; ; request += 1) {
    interpreter.say({ type: 'pipe.read', request, handle: pipe.handle, size: 10 });
    const part = interpreter.of('pipe.data').find((one) => one.request === request)?.content;
    if (!part || part.byteLength === 0) return all;
    all += text(part);
  }
}

const json = (order: string, name: string): string =>
  `${JSON.stringify({ cmd: order, rtype: 'semaphore', base64_name: btoa(name) })}\n`;

describe('a resource tracker', () => {
  it('needs no interpreter as long as all that is registered is unregistered', () => {
    const tracker = tracked(['-O', '-Wignore'], ['PYTHONHOME=/', 'PATH=/bin']);
    const { write, parent, pid } = tracker;
    write('REGISTER:/a:semaphore\n', 'REGISTER:/b:sha', 'red_memory\nPROBE:0:noop\n', 'REGISTER:a:b:dummy\n');
    write('UNREGISTER:/b:shared_memory\nUNREGISTER:/a:semaphore\n', 'UNREGISTER:a:b:dummy\n', 'PROBE:0:noop');
    expect(parent.of('child.ended')).toEqual([]);
    tracker.close();
    expect(parent.last('child.ended')).toEqual({ type: 'child.ended', pid, status: 0 });
    expect(tracker.page.processes.size).toBe(0);
  });

  it('knows a name whichever way it is written', () => {
    const tracker = tracked();
    tracker.write(
      json('REGISTER', '/a'),
      'UNREGISTER:/a:semaphore\n',
      'REGISTER:/b:semaphore\n',
      json('UNREGISTER', '/b'),
    );
    tracker.close();
    expect(tracker.parent.last('child.ended').status).toBe(0);
  });

  it('gives what is left at the end to an interpreter', () => {
    const tracker = tracked();
    tracker.write(
      'REGISTER:/a:semaphore\nREGISTER:/b:semaphore\n',
      json('REGISTER', '/c'),
      'UNREGISTER:/b:semaphore\n',
    );
    expect(tracker.page.processes.size).toBe(0);
    tracker.close();
    expect(unread(tracker)).toBe(`REGISTER:/a:semaphore\n${json('REGISTER', '/c')}`);
    const interpreter = tracker.page.processes.get(tracker.pid);
    expect(interpreter?.last('process.begin')).toMatchObject({ pid: tracker.pid, parent: tracker.parent.pid });
    interpreter?.say({ type: 'process.exit', status: 256 });
    expect(tracker.parent.last('child.ended')).toMatchObject({ pid: tracker.pid, status: 256 });
  });

  it.each([
    'UNREGISTER:/b:semaphore\n',
    'UNREGISTER:/a:dummy\n',
    'REGISTER:/b:file\n',
    'FORGET:/a:semaphore\n',
    'what\n',
    '\n',
    'REGISTER:é:semaphore\n',
    '{}\n',
    '{"cmd":"REGISTER","rtype":"semaphore","base64_name":"a"}\n',
    '{"cmd":"REGISTER","rtype":"semaphore","base64_name":1}\n',
  ])('gives a line of which CPython would say something to an interpreter, and all that follows: %j', (line) => {
    const tracker = tracked();
    tracker.write('REGISTER:/a:semaphore\n', `${line}PROBE:0:noop\nUNREG`, 'ISTER:/a:semaphore\n');
    tracker.close();
    expect(unread(tracker)).toBe(`REGISTER:/a:semaphore\n${line}PROBE:0:noop\nUNREGISTER:/a:semaphore\n`);
  });

  it.each([
    ['-v', []],
    ['-i', []],
    ['-Ximporttime', []],
    ['-O', ['PYTHONVERBOSE=1']],
    ['-O', ['PYTHONPATH=/mine']],
  ])('is an interpreter from the start where that would show: %s %j', (option, environment) => {
    expect(tracked([option], environment).page.processes.size).toBe(1);
  });

  it('ignores SIGINT and SIGTERM, and is ended by others', () => {
    const { page, parent, pid } = tracked();
    const send = (signal: number) => {
      parent.say({ type: 'process.signal', request: signal, target: pid, signal });
      return parent.last('process.signalled').error;
    };
    expect([send(2), send(15), send(17), send(0)]).toEqual([undefined, undefined, undefined, undefined]);
    expect(page.timers.size).toBe(0);
    expect(parent.of('child.ended')).toEqual([]);
    send(10);
    expect(parent.last('child.ended')).toMatchObject({ pid, status: 10 });
    expect(parent.last('pipe.broken')).toMatchObject({ handle: 2 });
    parent.say({ type: 'process.reaped', pid });
    expect(send(9)).toBe('ESRCH');
  });

  it('says its say when the first process has ended its program, which then learns that all is over', () => {
    const tracker = tracked();
    const { page, parent, pid } = tracker;
    const other = page.spawn(parent);
    tracker.write('REGISTER:/a:semaphore\n');
    parent.say({ type: 'process.exit', status: 0 });
    expect(other.killed).toBe(true);
    expect(parent.of('process.alone')).toEqual([]);
    expect(unread(tracker)).toBe('REGISTER:/a:semaphore\n');
    page.processes.get(pid)?.say({ type: 'process.exit', status: 256 });
    expect(parent.of('process.alone')).toHaveLength(1);
    expect(page.broker.census()).toEqual({ processes: 0, handles: 0, memories: 0, semaphores: 0 });
  });

  it('ends with the first process when the page ends that, even while it has something to say', () => {
    const tracker = tracked();
    tracker.write('REGISTER:/a:semaphore\n');
    tracker.parent.say({ type: 'process.exit', status: 0 });
    tracker.page.broker.ended(tracker.parent.pid, 9);
    expect(tracker.page.processes.get(tracker.pid)?.killed).toBe(true);
    expect(tracker.page.broker.census().processes).toBe(0);
  });
});
