/** What the broker answers to processes that behave, and to those that do not. */
import { describe, expect, it } from 'vitest';
import { bytes, Page, text, type Told } from './page.ts';

/** A parent and its child, which reads at descriptor 0 what the parent writes (handle 2). */
function piped(): { readonly page: Page; readonly parent: Told; readonly child: Told; readonly handle: number } {
  const page = new Page();
  const parent = page.first;
  parent.say({ type: 'pipe.make', reader: 1, writer: 2, content: new Uint8Array(0) });
  const child = page.spawn(parent, [1]);
  parent.say({ type: 'handle.close', handle: 1 });
  const handle = given(child);
  return { page, parent, child, handle };
}

/** Its own name for what it has at descriptor 0. */
function given(child: Told): number {
  const [first] = child.last('process.begin').descriptors;
  if (!first || !('handle' in first)) throw new Error('it was given none');
  return first.handle;
}

describe('a pipe', () => {
  it('gives a child what its parent writes, and then the end', () => {
    const { parent, child, handle } = piped();
    child.say({ type: 'pipe.read', request: 1, handle, size: 100 });
    expect(child.of('pipe.data')).toEqual([]);
    parent.say({ type: 'pipe.write', handle: 2, content: bytes('hello') });
    expect(text(child.last('pipe.data').content)).toBe('hello');
    expect(parent.last('pipe.taken')).toEqual({ type: 'pipe.taken', handle: 2, bytes: 5 });
    child.say({ type: 'pipe.read', request: 2, handle, size: 100 });
    parent.say({ type: 'handle.close', handle: 2 });
    expect(child.last('pipe.data')).toMatchObject({ request: 2, content: new Uint8Array(0) });
  });

  it('gives no more than was asked for, and keeps the rest in its order', () => {
    const { parent, child, handle } = piped();
    for (const part of ['abc', 'def', 'ghi']) parent.say({ type: 'pipe.write', handle: 2, content: bytes(part) });
    for (const [request, size] of [4, 1, 10].entries()) child.say({ type: 'pipe.read', request, handle, size });
    expect(child.of('pipe.data').map(({ content }) => text(content))).toEqual(['abcd', 'e', 'fghi']);
  });

  it('carries on with what lay in it before it was handed over', () => {
    const page = new Page();
    const parent = page.first;
    parent.say({ type: 'pipe.make', reader: 1, writer: 2, content: bytes('old and ') });
    parent.say({ type: 'pipe.write', handle: 2, content: bytes('new') });
    parent.say({ type: 'pipe.read', request: 1, handle: 1, size: 100 });
    expect(text(parent.last('pipe.data').content)).toBe('old and new');
  });

  it('tells a writer that the last reader has gone, whatever way it went', () => {
    const { page, parent, child } = piped();
    page.broker.ended(child.pid, 9);
    expect(parent.messages.map(({ type }) => type)).toEqual(expect.arrayContaining(['pipe.broken', 'child.ended']));
    // First the pipe, then the signal: a parent that has seen the end of its child finds the pipe broken.
    const types = parent.messages.map(({ type }) => type);
    expect(types.indexOf('pipe.broken')).toBeLessThan(types.indexOf('child.ended'));
  });

  it('tells its readers whether it can be read, has ended, is shared', () => {
    const { parent, child, handle } = piped();
    const last = () => child.last('pipe.state');
    expect(last()).toMatchObject({ handle, readable: false, ended: false, shared: false });
    parent.say({ type: 'pipe.write', handle: 2, content: bytes('x') });
    expect(last()).toMatchObject({ readable: true });
    parent.say({ type: 'handle.close', handle: 2 });
    expect(last()).toMatchObject({ readable: true, ended: true });
    child.say({ type: 'pipe.read', request: 1, handle, size: 1 });
    expect(last()).toMatchObject({ readable: false, ended: true });
  });

  it('waits for what a reader gives back before it shares the end', () => {
    const page = new Page();
    const parent = page.first;
    parent.say({ type: 'pipe.make', reader: 1, writer: 2, content: bytes('first second') });
    parent.say({ type: 'pipe.read', request: 1, handle: 1, size: 65_536 });
    expect(text(parent.last('pipe.data').content)).toBe('first second');
    parent.say({ type: 'pipe.stop', handle: 1 });
    const child = page.spawn(parent, [1]);
    const handle = given(child);
    child.say({ type: 'pipe.read', request: 1, handle, size: 6 });
    expect(child.of('pipe.data')).toEqual([]);
    expect(parent.last('pipe.state')).toMatchObject({ shared: true });
    parent.say({ type: 'pipe.unread', handle: 1, content: bytes(' second') });
    expect(text(child.last('pipe.data').content)).toBe(' secon');
  });

  it('serves readers that share an end in the order in which they asked', () => {
    const page = new Page();
    const parent = page.first;
    parent.say({ type: 'pipe.make', reader: 1, writer: 2, content: new Uint8Array(0) });
    const children = [page.spawn(parent, [1]), page.spawn(parent, [1])];
    for (const child of children) {
      const handle = given(child);
      child.say({ type: 'pipe.read', request: 1, handle, size: 3 });
    }
    parent.say({ type: 'pipe.write', handle: 2, content: bytes('oneTwo') });
    expect(children.map((child) => text(child.last('pipe.data').content))).toEqual(['one', 'Two']);
  });
});

describe('a process', () => {
  it('is told of by its number, and forgotten when its end has been seen', () => {
    const page = new Page();
    const parent = page.first;
    const child = page.spawn(parent);
    expect(child.last('process.begin')).toMatchObject({ pid: child.pid, parent: parent.pid });
    child.say({ type: 'process.exit', status: 7 << 8 });
    expect(child.killed).toBe(true);
    expect(parent.last('child.ended')).toEqual({ type: 'child.ended', pid: child.pid, status: 7 << 8 });
    // A zombie can still be sent a signal, which does nothing.
    const kill = (request: number) => {
      parent.say({ type: 'process.signal', request, target: child.pid, signal: 15 });
      return parent.last('process.signalled');
    };
    expect(kill(1)).toEqual({ type: 'process.signalled', request: 1 });
    parent.say({ type: 'process.reaped', pid: child.pid });
    expect(kill(2)).toEqual({ type: 'process.signalled', request: 2, error: 'ESRCH' });
    expect(page.broker.census()).toEqual({ processes: 1, handles: 0, semaphores: 0, memories: 0 });
  });

  it('that is an orphan is told, and nobody needs to ask for its end', () => {
    const page = new Page();
    const child = page.spawn(page.first);
    const grandchild = page.spawn(child);
    child.say({ type: 'process.exit', status: 0 });
    expect(grandchild.last('parent.ended')).toBeDefined();
    grandchild.say({ type: 'process.exit', status: 0 });
    expect(page.broker.census().processes).toBe(2);
  });

  it('takes all its descendants with it when it is the first', () => {
    const page = new Page();
    const first = page.first;
    const child = page.spawn(first);
    const grandchild = page.spawn(child);
    child.say({ type: 'process.exit', status: 0 });
    page.broker.ended(first.pid, 9);
    expect(grandchild.killed).toBe(true);
    expect(page.broker.census().processes).toBe(0);
  });

  it('is ended at once by SIGKILL, and by SIGTERM if it does not hear', () => {
    const page = new Page();
    const parent = page.first;
    const [deaf, hearing, killed] = [page.spawn(parent), page.spawn(parent), page.spawn(parent)];
    parent.say({ type: 'process.signal', request: 1, target: killed.pid, signal: 9 });
    expect(parent.last('child.ended')).toMatchObject({ pid: killed.pid, status: 9 });
    for (const { pid } of [deaf, hearing]) parent.say({ type: 'process.signal', request: 2, target: pid, signal: 15 });
    hearing.say({ type: 'signal.taken' });
    for (const then of [...page.timers]) then();
    expect(parent.last('child.ended')).toMatchObject({ pid: deaf.pid, status: 15 });
    expect(hearing.killed).toBe(false);
    expect(hearing.last('signal.arrived').signal).toBe(15);
  });

  it('reaches the processes of its group', () => {
    const page = new Page();
    const parent = page.first;
    const [mine, apart] = [page.spawn(parent), page.spawn(parent, [], 0)];
    parent.say({ type: 'process.signal', request: 1, target: 0, signal: 10 });
    expect([parent, mine, apart].map((one) => one.of('signal.arrived').length)).toEqual([1, 1, 0]);
    parent.say({ type: 'process.signal', request: 2, target: -apart.pid, signal: 12 });
    expect(apart.last('signal.arrived').signal).toBe(12);
    parent.say({ type: 'process.signal', request: 3, target: 4711, signal: 9 });
    expect(parent.last('process.signalled')).toMatchObject({ error: 'ESRCH' });
  });

  it('is refused where there are as many as there may be', () => {
    const page: Page = new Page({ room: () => page.broker.census().processes < 2 });
    const parent = page.first;
    page.spawn(parent);
    const command = { argv: [], environment: [], folder: '/', mask: 0o22 };
    parent.say({ type: 'process.spawn', request: 9, command, descriptors: [] });
    expect(parent.last('process.refused')).toEqual({ type: 'process.refused', request: 9, error: 'EAGAIN' });
  });
});

describe('a semaphore', () => {
  const open = (process: Told, create?: number) => {
    process.say({ type: 'semaphore.open', request: 1, handle: 1, name: '/s', ...(create !== undefined && { create }) });
    return process.last('semaphore.done').error;
  };
  const take = (process: Told, request: number, wait = true) => {
    process.say({ type: 'semaphore.take', request, handle: 1, wait });
    return process.of('semaphore.taken').find((one) => one.request === request)?.taken;
  };

  it('is taken in turn, and given back to who has waited longest', () => {
    const page = new Page();
    const one = page.first;
    const [two, three] = [page.spawn(one), page.spawn(one)];
    expect([open(one, 1), open(two), open(three), open(one, 1)]).toEqual([undefined, undefined, undefined, 'EEXIST']);
    expect([take(one, 10), take(two, 20), take(three, 30, false), take(three, 31)]).toEqual([
      true,
      undefined,
      false,
      undefined,
    ]);
    one.say({ type: 'semaphore.give', request: 11, handle: 1, most: 1 });
    expect(two.last('semaphore.taken')).toEqual({ type: 'semaphore.taken', request: 20, taken: true });
    three.say({ type: 'semaphore.withdraw', request: 31, handle: 1 });
    expect(three.last('semaphore.taken')).toEqual({ type: 'semaphore.taken', request: 31, taken: false });
    two.say({ type: 'semaphore.give', request: 21, handle: 1, most: 1 });
    two.say({ type: 'semaphore.give', request: 22, handle: 1, most: 1 });
    expect(two.last('semaphore.done')).toEqual({ type: 'semaphore.done', request: 22, error: 'EOVERFLOW' });
  });

  it('goes on without its name, and passes over those who died waiting', () => {
    const page = new Page();
    const one = page.first;
    const [two, three] = [page.spawn(one), page.spawn(one)];
    open(one, 0);
    open(two);
    open(three);
    one.say({ type: 'semaphore.unlink', request: 5, name: '/s' });
    expect(page.broker.census().semaphores).toBe(0);
    take(two, 20);
    take(three, 30);
    two.say({ type: 'process.exit', status: 0 });
    one.say({ type: 'semaphore.give', request: 11, handle: 1, most: 1 });
    expect(three.last('semaphore.taken').taken).toBe(true);
    expect(open(one)).toBe('ENOENT');
  });
});
