/** What the broker does with memory that processes share: by name and by inheritance, until nobody holds it. */
import { describe, expect, it } from 'vitest';
import { bytes, Page, text, type Told } from './page.ts';

const open = (process: Told, handle: number, create?: 'missing' | 'new') => {
  const request = process.messages.length + 1;
  const how = create === undefined ? {} : { create };
  process.say({ type: 'memory.open', request, handle, name: 'm', mode: 0o600, ...how });
  return process.last('memory.opened');
};
const change = (process: Told, handle: number, at: number, content: string, size?: number) => {
  const runs = Uint32Array.of(at, content.length);
  const resized = size === undefined ? {} : { size };
  process.say({ type: 'memory.changed', handle, confirm: false, runs, content: bytes(content), ...resized });
};

describe('shared memory', () => {
  it('is opened by name, made where it shall be, and found again with what it has', () => {
    const page = new Page();
    const one = page.first;
    const two = page.spawn(one);
    expect(open(one, 1).error).toBe('ENOENT');
    expect(open(one, 1, 'new')).toMatchObject({ handle: 1, mode: 0o600 });
    expect(open(two, 1, 'new').error).toBe('EEXIST');
    change(one, 1, 1, 'ello', 5);
    expect(text(open(two, 7, 'missing').content)).toBe('\0ello');
    // One that a process has already keeps its handle.
    expect(open(two, 8).handle).toBe(7);
  });

  it('tells its other holders what one has changed, before what that one says next', () => {
    const page = new Page();
    const one = page.first;
    one.say({ type: 'pipe.make', reader: 5, writer: 6, content: new Uint8Array(0) });
    const two = page.spawn(one, [5]);
    open(one, 1, 'new');
    open(two, 1);
    change(one, 1, 0, 'ab', 4);
    one.say({ type: 'pipe.write', handle: 6, content: bytes('!') });
    const types = two.messages.map(({ type }) => type);
    expect(types.indexOf('memory.changed')).toBeLessThan(types.lastIndexOf('pipe.state'));
    expect(two.last('memory.changed')).toMatchObject({ handle: 1, size: 4, taken: 0 });
    expect(one.of('memory.changed')).toEqual([]);
    change(two, 1, 3, 'z');
    expect(one.last('memory.changed')).toMatchObject({ taken: 1, content: bytes('z') });
  });

  it('says how many changes of a process it has taken, when asked', () => {
    const page = new Page();
    const one = page.first;
    open(one, 1, 'new');
    change(one, 1, 0, 'a', 4);
    expect(one.of('memory.taken')).toEqual([]);
    const runs = Uint32Array.of(0, 1);
    one.say({ type: 'memory.changed', handle: 1, confirm: true, runs, content: bytes('b') });
    expect(one.last('memory.taken')).toEqual({ type: 'memory.taken', handle: 1, taken: 2 });
  });

  it('is inherited with what it has', () => {
    const page = new Page();
    const one = page.first;
    one.say({ type: 'memory.make', handle: 3, content: bytes('begun'), mode: 0o644 });
    const file = { path: '/tmp/x (deleted)', flags: 2, position: 0, open: 1 };
    one.say({
      type: 'process.spawn',
      request: 1,
      command: { argv: ['python3'], environment: [], folder: '/', mask: 0o22 },
      descriptors: [
        { descriptor: 4, memory: 3, ...file },
        { descriptor: 5, memory: 3, ...file },
        { descriptor: 6, memory: 99, ...file },
      ],
    });
    const child = page.processes.get(one.last('process.spawned').pid);
    if (!child) throw new Error('no such process');
    const { descriptors, memories } = child.last('process.begin');
    expect(memories).toEqual([{ handle: -1, content: bytes('begun'), mode: 0o644 }]);
    expect(descriptors.map((each) => ('memory' in each ? [each.descriptor, each.memory] : []))).toEqual([
      [4, -1],
      [5, -1],
    ]);
    change(child, -1, 0, 'B');
    expect(one.last('memory.changed')).toMatchObject({ handle: 3, content: bytes('B') });
  });

  it('goes when neither a process holds it nor a name leads to it', () => {
    const page = new Page();
    const one = page.first;
    const two = page.spawn(one);
    const unlink = () => {
      one.say({ type: 'memory.unlink', request: one.messages.length + 1, name: 'm' });
      return one.last('memory.unlinked').error;
    };
    open(one, 1, 'new');
    open(two, 1);
    one.say({ type: 'handle.close', handle: 1 });
    two.say({ type: 'handle.close', handle: 1 });
    expect(page.broker.census()).toMatchObject({ memories: 1, handles: 0 });
    open(two, 2);
    expect([unlink(), unlink()]).toEqual([undefined, 'ENOENT']);
    expect(page.broker.census().memories).toBe(1);
    expect(open(one, 3).error).toBe('ENOENT');
    page.broker.ended(two.pid, 9);
    expect(page.broker.census().memories).toBe(0);
  });

  it('is refused where there is no room', () => {
    const page = new Page();
    const one = page.first;
    const { room } = open(one, 1, 'new');
    change(one, 1, 0, '', room);
    expect(open(one, 1).room).toBe(0);
    one.say({ type: 'memory.open', request: 77, handle: 2, name: 'another', create: 'new', mode: 0o600 });
    expect(one.last('memory.opened').error).toBe('ENOMEM');
  });
});
