/** What the broker answers to processes whose sockets reach each other. */
import { describe, expect, it } from 'vitest';
import type { SocketName, Sharing } from '../../../../src/protocol/broker.ts';
import { bytes, Page, text, type Told } from './page.ts';

const alone: Sharing = { onlyV6: false, address: false, port: false };
const port = (number: number, host = '127.0.0.1'): SocketName => ({ host, port: number });

/** A parent that holds one end of a connection (handle 1), and its child, which holds the other. */
function connected(): { readonly page: Page; readonly parent: Told; readonly child: Told; readonly handle: number } {
  const page = new Page();
  const parent = page.first;
  parent.say({ type: 'socket.make', handle: 1, peer: 2 });
  const child = page.spawn(parent, [2]);
  parent.say({ type: 'handle.close', handle: 2 });
  return { page, parent, child, handle: given(child) };
}

/** Its own name for what it has at descriptor 0. */
function given(child: Told): number {
  const [first] = child.last('process.begin').descriptors;
  if (!first || !('handle' in first)) throw new Error('it was given none');
  return first.handle;
}

function bind(process: Told, handle: number, name: SocketName, sharing: Partial<Sharing> = {}): string | undefined {
  process.say({ type: 'socket.bind', request: handle, handle, name, sharing: { ...alone, ...sharing } });
  return process.last('socket.done').error;
}

function connect(process: Told, handle: number, to: SocketName, wait = true): string | undefined {
  const before = process.of('socket.done').length;
  process.say({ type: 'socket.connect', request: handle, handle, to, from: port(50_000 + handle), wait });
  const answer = process.of('socket.done')[before];
  return answer ? (answer.error ?? 'connected') : undefined;
}

function accept(process: Told, handle: number): number | undefined {
  process.say({ type: 'socket.accept', request: 1, handle });
  return process.last('socket.accepted').end;
}

function write(process: Told, handle: number, content: string): void {
  process.say({ type: 'pipe.write', handle, content: bytes(content) });
}

function read(process: Told, handle: number, size = 100): string {
  const request = process.messages.length + 1000;
  process.say({ type: 'pipe.read', request, handle, size });
  const answer = process.of('pipe.data').find((one) => one.request === request);
  return answer ? text(answer.content) : 'nothing yet';
}

describe('a connection', () => {
  it('carries bytes both ways, and tells each end when the other has gone', () => {
    const { parent, child, handle } = connected();
    write(parent, 1, 'to the child');
    write(child, handle, 'to the parent');
    expect([read(child, handle), read(parent, 1)]).toEqual(['to the child', 'to the parent']);
    expect(parent.last('pipe.taken')).toMatchObject({ handle: 1, bytes: 12 });
    child.say({ type: 'process.exit', status: 0 });
    expect(parent.last('socket.over')).toEqual({ type: 'socket.over', handle: 1, reset: false });
    expect(read(parent, 1)).toBe('');
  });

  it('is reset where something was not taken, at the broker or by the program', () => {
    for (const how of ['at the broker', 'by the program']) {
      const { parent, child, handle } = connected();
      if (how === 'at the broker') write(parent, 1, 'unread');
      child.say({ type: 'handle.close', handle, reset: how === 'by the program' });
      expect(parent.last('socket.over').reset).toBe(true);
    }
  });

  it('is reset by what is sent to nobody', () => {
    const { parent, child, handle } = connected();
    child.say({ type: 'handle.close', handle });
    write(parent, 1, 'too late');
    expect(parent.of('socket.over').map(({ reset }) => reset)).toEqual([false, true]);
  });

  it('ends a direction for all who hold an end, those that come later too', () => {
    const { page, parent, child, handle } = connected();
    const brother = page.spawn(parent, [1]);
    write(parent, 1, 'last');
    parent.say({ type: 'socket.shutdown', handle: 1, receives: false, sends: true, reset: false });
    const shut = { own: true, receives: false, sends: true };
    expect(brother.last('socket.shut')).toMatchObject(shut);
    expect(child.last('socket.shut')).toMatchObject({ own: false, receives: true, sends: false });
    expect([read(child, handle), read(child, handle)]).toEqual(['last', '']);
    expect(page.spawn(parent, [1]).last('socket.shut')).toMatchObject(shut);
    write(child, handle, 'the other way');
    expect(read(parent, 1)).toBe('the other way');
  });

  it('is over only when the last of several holders has gone', () => {
    const { page, parent, child, handle } = connected();
    const other = page.spawn(child, [handle]);
    expect(child.last('pipe.state').shared).toBe(true);
    child.say({ type: 'process.exit', status: 0 });
    expect(parent.of('socket.over')).toEqual([]);
    other.say({ type: 'process.exit', status: 0 });
    expect(parent.of('socket.over')).toHaveLength(1);
  });
});

describe('open files beside bytes', () => {
  it('come with the first of them, apart from what was sent before and after', () => {
    const { page, parent, child, handle } = connected();
    parent.say({ type: 'pipe.make', reader: 5, writer: 6, content: bytes('in the pipe') });
    write(parent, 1, 'before');
    const passed = [{ handle: 5, flags: 0 }, { stream: 1 }];
    parent.say({ type: 'pipe.write', handle: 1, content: bytes('with'), passed });
    write(parent, 1, 'after');
    parent.say({ type: 'handle.close', handle: 5 });
    expect(read(child, handle)).toBe('before');
    expect(read(child, handle)).toBe('with');
    const [pipe, stream] = child.last('pipe.data').passed ?? [];
    if (!pipe || !('handle' in pipe)) throw new Error('no pipe came');
    expect(stream).toEqual({ stream: 1 });
    expect(read(child, handle)).toBe('after');
    expect(read(child, pipe.handle)).toBe('in the pipe');
    expect(page.broker.census().handles).toBe(4);
  });

  it('are closed with the connection if nobody takes them', () => {
    const { page, parent, child, handle } = connected();
    parent.say({ type: 'pipe.make', reader: 5, writer: 6, content: bytes('') });
    parent.say({ type: 'pipe.write', handle: 1, content: bytes('x'), passed: [{ handle: 5, flags: 0 }] });
    parent.say({ type: 'handle.close', handle: 5 });
    expect(parent.of('pipe.broken')).toEqual([]);
    child.say({ type: 'handle.close', handle });
    expect(parent.last('pipe.broken').handle).toBe(6);
    expect(page.broker.census().handles).toBe(2);
  });

  it('go back with the bytes that a reader gives back', () => {
    const { page, parent, child, handle } = connected();
    parent.say({ type: 'pipe.make', reader: 5, writer: 6, content: bytes('') });
    parent.say({ type: 'pipe.write', handle: 1, content: bytes('x'), passed: [{ handle: 5, flags: 0 }] });
    expect(read(child, handle)).toBe('x');
    const passed = child.last('pipe.data').passed ?? [];
    child.say({ type: 'pipe.stop', handle });
    child.say({ type: 'pipe.unread', handle, content: bytes('x'), passed });
    const other = page.spawn(child, [handle]);
    expect(read(other, given(other))).toBe('x');
    expect(other.last('pipe.data').passed).toHaveLength(1);
  });
});

describe('a name', () => {
  it('is taken for all processes until its socket is closed', () => {
    const page = new Page();
    const child = page.spawn(page.first);
    expect(bind(page.first, 1, port(80))).toBeUndefined();
    expect(bind(child, 1, port(80))).toBe('EADDRINUSE');
    expect(bind(child, 2, port(80, '0.0.0.0'))).toBe('EADDRINUSE');
    expect(bind(child, 3, port(80, '::'))).toBe('EADDRINUSE');
    expect(bind(child, 4, port(80, '::'), { onlyV6: true })).toBeUndefined();
    expect(bind(child, 5, port(80, '127.0.0.2'))).toBeUndefined();
    page.first.say({ type: 'handle.close', handle: 1 });
    expect(bind(child, 6, port(80))).toBeUndefined();
  });

  it('is shared by those who have all said so', () => {
    const page = new Page();
    const child = page.spawn(page.first);
    bind(page.first, 1, port(80), { address: true, port: true });
    expect(bind(child, 1, port(80), { address: true })).toBeUndefined();
    page.first.say({ type: 'socket.listen', handle: 1, backlog: 5 });
    expect(bind(child, 2, port(80), { address: true })).toBe('EADDRINUSE');
    child.say({ type: 'handle.close', handle: 1 });
    expect(bind(child, 3, port(80), { port: true })).toBeUndefined();
  });

  it('gives each process ports of its own for those who ask for none', () => {
    const page = new Page();
    const [one, two] = [page.spawn(page.first), page.spawn(page.first)];
    const share = (process: Told) => process.last('process.begin').share;
    expect([share(one), share(two)]).toEqual([1, 2]);
    one.say({ type: 'process.exit', status: 0 });
    expect(share(page.spawn(two))).toBe(1);
  });
});

describe('a listening socket', () => {
  function listening(backlog = 5): { readonly page: Page; readonly server: Told; readonly client: Told } {
    const page = new Page();
    const client = page.spawn(page.first);
    bind(page.first, 1, port(80, '0.0.0.0'));
    page.first.say({ type: 'socket.listen', handle: 1, backlog });
    return { page, server: page.first, client };
  }

  it('takes a connection, and tells both who the other is', () => {
    const { server, client } = listening();
    expect(connect(client, 7, port(80))).toBe('connected');
    write(client, 7, 'hello');
    expect(server.last('socket.waiting')).toEqual({ type: 'socket.waiting', handle: 1, waiting: 1, shared: false });
    const end = accept(server, 1);
    expect(server.last('socket.accepted')).toMatchObject({ from: port(50_007), to: port(80) });
    expect(read(server, end ?? 0)).toBe('hello');
    expect(server.last('socket.waiting').waiting).toBe(0);
    expect(accept(server, 1)).toBeUndefined();
  });

  it('refuses where nobody listens, and resets what nobody accepted', () => {
    const { page, server, client } = listening();
    expect(connect(client, 6, port(81))).toBe('ECONNREFUSED');
    connect(client, 7, port(80));
    server.say({ type: 'handle.close', handle: 1 });
    expect(client.last('socket.over')).toEqual({ type: 'socket.over', handle: 7, reset: true });
    expect(connect(client, 8, port(80))).toBe('ECONNREFUSED');
    expect(page.broker.census().handles).toBe(1);
  });

  it('lets clients wait for whom there is no room, if they want to', () => {
    const { page, server, client } = listening(0);
    const dying = page.spawn(server);
    expect([connect(client, 1, port(80)), connect(client, 2, port(80), false)]).toEqual(['connected', 'EAGAIN']);
    expect([connect(dying, 3, port(80)), connect(client, 4, port(80))]).toEqual([undefined, undefined]);
    dying.say({ type: 'process.exit', status: 0 });
    accept(server, 1);
    expect(client.last('socket.done')).toEqual({ type: 'socket.done', request: 4 });
    connect(client, 5, port(80));
    server.say({ type: 'socket.listen', handle: 1, backlog: null });
    expect(client.last('socket.done')).toEqual({ type: 'socket.done', request: 5, error: 'ECONNREFUSED' });
  });

  it('that several hold gives each connection to one of them, those that waited before, too', () => {
    const { page, server, client } = listening();
    server.say({ type: 'socket.make', handle: 3, peer: 4 });
    server.say({ type: 'socket.queue', handle: 1, end: 4, from: port(1), to: port(80) });
    const other = page.spawn(server, [1]);
    connect(client, 1, port(80));
    expect(other.last('socket.waiting')).toMatchObject({ waiting: 2, shared: true });
    const [first, second] = [accept(other, given(other)), accept(server, 1)];
    write(server, 3, 'from the parent');
    write(client, 1, 'from the client');
    expect([read(other, first ?? 0), read(server, second ?? 0)]).toEqual(['from the parent', 'from the client']);
    expect([accept(other, given(other)), accept(server, 1)]).toEqual([undefined, undefined]);
    server.say({ type: 'handle.close', handle: 1 });
    expect(connect(client, 2, port(80))).toBe('connected');
  });
});
