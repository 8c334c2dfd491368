/** A program step by step: where it stands after each command, and what is seen of it there. */
import { expect, it } from 'vitest';
import { Stepper } from './stepper.ts';

const lost = `import threading
count = 0
def work():
    global count
    count += 1
a = threading.Thread(target=work, name="a")
b = threading.Thread(target=work, name="b")
a.start()
b.start()
a.join()
b.join()
print(count)
`;

it('stands before the first line, and goes to the next', async () => {
  await using step = await Stepper.open(lost);
  expect(step.now).toMatchObject({ stopped: 'line', running: 0, lanes: [{ name: 'MainThread', state: 'stands' }] });
  expect(step.line('MainThread')).toBe(1);
  await step.go('MainThread', 'line');
  await step.go('MainThread', 'line');
  expect(step.line('MainThread')).toBe(3);
  expect(step.shared).toEqual({ count: '0' });
  for (const line of [6, 7, 8]) expect((await step.go('MainThread', 'line')).lanes[0]?.frames[0]?.line).toBe(line);
  await step.go('MainThread', 'line');
  expect(step.line('MainThread')).toBe(9);
  expect(step.lane('a')).toMatchObject({ state: 'ready' });
  expect(step.line('a')).toBe(5);
});

/** Both threads stand at the line that counts, and the main one waits for the first. */
async function atTheCount(granularity: 'gil' | 'instruction'): Promise<Stepper> {
  const step = await Stepper.open(lost, { granularity });
  await step.go('MainThread', 'block');
  expect(step.lane('MainThread')).toMatchObject({ state: 'waits', thing: 'the end of a (Thread.join)' });
  expect([step.line('MainThread'), step.line('a'), step.line('b')]).toEqual([10, 5, 5]);
  return step;
}

it('loses an update between two instructions', async () => {
  await using step = await atTheCount('instruction');
  await step.go('a', 'point');
  expect(step.lane('a').doing).toBe('about to read count');
  await step.go('a', 'point');
  expect(step.lane('a').doing).toBe('about to change count');
  expect(step.now.held).toBe(false);
  expect(await step.go('b', 'block')).toMatchObject({ stopped: 'ended', running: null });
  expect(step.shared['count']).toBe('1');
  await step.go('a', 'block');
  expect(step.shared['count']).toBe('1');
  expect(await step.go('MainThread', 'block')).toMatchObject({ stopped: 'over', failure: null, exit: null });
  expect(step.printed).toBe('1\n');
});

it('keeps it where CPython with its lock may switch: nobody else can go on within the line', async () => {
  await using step = await atTheCount('gil');
  expect(step.now.held).toBe(false);
  expect(await step.go('a', 'point')).toMatchObject({ stopped: 'ended' });
  await step.go('b', 'block');
  expect(step.shared['count']).toBe('2');
});

const circle = `import threading
a, b = threading.Lock(), threading.Lock()
def work(first, second):
    with first:
        with second:
            print("both")
threading.Thread(target=work, args=(a, b), name="one").start()
threading.Thread(target=work, args=(b, a), name="two").start()
`;

it('says what a thread waits for, who holds it, and that nobody can go on', async () => {
  await using step = await Stepper.open(circle);
  await step.go('MainThread', 'block');
  await step.go('one', 'line');
  expect(step.lane('one')).toMatchObject({ state: 'stands' });
  expect(step.line('one')).toBe(5);
  await step.go('two', 'block');
  expect(step.lane('two')).toMatchObject({ state: 'waits', thing: 'a Lock held by one' });
  const end = await step.go('one', 'block');
  expect(end).toMatchObject({ stopped: 'over', failure: { kind: 'deadlock' } });
  expect(step.lane('one')).toMatchObject({ state: 'waits', thing: 'a Lock held by two' });
  expect([step.line('one'), step.line('two')]).toEqual([5, 5]);
  expect(step.names('one')).toMatchObject({ first: 'locked Lock', second: 'locked Lock' });
  expect(step.printed).toMatch(
    /^Deadlock: every thread waits[\s\S]* one waits at program\.py:5 for a Lock held by two/u,
  );
});

it('does not let another go on while a thread has the lock of the interpreter and cannot lose it', async () => {
  const source = circle.replace('    with first:', '    mine = first\n    first = mine\n    with first:');
  await using step = await Stepper.open(source);
  await step.go('MainThread', 'block');
  await step.go('one', 'line');
  // Where its function has begun it could lose it; behind the first line it has passed no further point.
  expect(step.now.held).toBe(false);
  await step.go('one', 'block');
  expect(step.lane('one').state).toBe('ended');
  await using other = await Stepper.open('x = 1\ny = 2\nabs(1)\nz = 3');
  expect((await other.go('MainThread', 'line')).held).toBe(true);
  expect((await other.go('MainThread', 'point')).held).toBe(false);
  expect(other.line('MainThread')).toBe(3);
  // The call has returned, and nothing that others could see has happened since.
  expect((await other.go('MainThread', 'line')).held).toBe(false);
  expect(other.line('MainThread')).toBe(4);
});

it('shows frames of a recursion, of a decorator and of a generator', async () => {
  const source = `def logged(f):
    def wrapper(n):
        return f(n)
    return wrapper
@logged
def down(n):
    if n: return down(n - 1)
    return 0
def two():
    x = 1
    yield x
    x = 2
    yield x
g = two()
next(g)
down(2)
`;
  await using step = await Stepper.open(source);
  while (step.line('MainThread') !== 8) await step.go('MainThread', 'line');
  const { frames } = step.lane('MainThread');
  expect(frames.map(({ name }) => name)).toEqual([
    ...['down', 'logged.<locals>.wrapper', 'down', 'logged.<locals>.wrapper', 'down', 'logged.<locals>.wrapper'],
    '<module>',
  ]);
  expect([step.names('MainThread', 0), step.names('MainThread', 2)]).toEqual([{ n: '0' }, { n: '1' }]);
  expect(step.names('MainThread', 1)).toMatchObject({ n: '0' });
  expect(step.shared).toEqual({ g: 'generator two at line 11(x=1)' });
});

it('tells of the exception that ends a thread, and of one that leaves the program', async () => {
  const source = `import threading
def work():
    raise ValueError("no")
thread = threading.Thread(target=work, name="a")
thread.start()
thread.join()
1 / 0
`;
  await using step = await Stepper.open(source);
  await step.go('MainThread', 'block');
  expect(await step.go('a', 'block')).toMatchObject({ stopped: 'ended' });
  expect(step.lane('a')).toMatchObject({ state: 'ended', error: 'ValueError: no', frames: [] });
  expect(step.printed).toContain('Exception in thread a');
  const over = await step.go('MainThread', 'block');
  expect(over).toMatchObject({ stopped: 'over', failure: { kind: 'ValueError' } });
  expect(over.lanes[0]?.error).toBe('ZeroDivisionError: division by zero');
  expect(step.printed).toMatch(/ZeroDivisionError: division by zero\n$/u);
});

it('asks for input on the way, and stands after it as after any other line', async () => {
  await using step = await Stepper.open('name = input("name? ")\nprint(name)');
  step.send({ kind: 'go', lane: 0, until: 'line' });
  expect(await step.told()).toMatchObject({ kind: 'asks', prompt: 'name? ', secret: false });
  step.send({ kind: 'type', text: 'Ada\n' });
  expect(await step.stands()).toMatchObject({ stopped: 'line' });
  expect(step.shared).toEqual({ name: "'Ada'" });
});

it('runs no code of the program to show its values, and shows them briefly', async () => {
  const source = `import threading, enum, dataclasses, queue, collections
class Loud:
    def __init__(self): self.n = 1
    def __repr__(self): print("asked"); return "loud"
    def __getattr__(self, name): print("asked"); return 1
class Colour(enum.Enum): RED = 1
@dataclasses.dataclass(slots=True)
class Pair: left: int; right: str
class Worker(threading.Thread):
    def __init__(self): super().__init__(); self.todo = [1]
class Mine(list):
    def __iter__(self): print("asked"); return iter(())
loud, red, pair, worker, mine = Loud(), Colour.RED, Pair(1, "b"), Worker(), Mine([Loud()])
q = queue.Queue(); q.put(3)
event, semaphore, condition = threading.Event(), threading.Semaphore(2), threading.Condition()
deep = {"a": [[[[[1]]]]]}; many = list(range(100)); long = "x" * 1000; big = 1 << 10_000
P = collections.namedtuple("P", "x y"); p = P(1, 2); error = ValueError("why", loud)
pass
`;
  await using step = await Stepper.open(source);
  while (step.line('MainThread') !== 18) await step.go('MainThread', 'line');
  expect(step.shared).toMatchObject({
    ...{ loud: 'Loud(n=1)', red: 'Colour.RED', pair: "Pair(left=1, right='b')", worker: 'Worker(todo=[1])' },
    ...{ mine: 'Mine([Loud(n=1)])', q: 'Queue(items=deque([3]))', event: 'Event(is set=False)' },
    ...{ condition: 'Condition()' },
    ...{ semaphore: 'Semaphore(value=2)', deep: "{'a': [[[…]]]}", many: '[0, 1, 2, 3, 4, 5, 6, 7, …]' },
    ...{ big: 'an int of 10,001 bits', p: 'P(x=1, y=2)', error: "ValueError('why', Loud(n=1))" },
  });
  expect(step.shared['long']).toHaveLength(160);
  expect(step.printed).toBe('');
});

it('goes the same way again under the same commands', async () => {
  const source = `import random, time
n = random.random()
print(time.time(), {"a", "b", "c"}, n)
`;
  const seen = async () => {
    await using step = await Stepper.open(source);
    const stands = [step.now];
    while (step.now.stopped !== 'over') stands.push(await step.go('MainThread', 'line'));
    return { stands, printed: step.printed };
  };
  expect(await seen()).toEqual(await seen());
});

it('passes time when nobody can go on, and stops a thread that goes on without an end', async () => {
  await using step = await Stepper.open('import time\ntime.sleep(3600)\nwhile True: pass\n');
  await step.go('MainThread', 'line');
  await step.go('MainThread', 'line');
  expect(step.line('MainThread')).toBe(3);
  expect(step.now.at).toBeGreaterThanOrEqual(3600);
  expect(await step.go('MainThread', 'block')).toMatchObject({ stopped: 'long', lanes: [{ state: 'stands' }] });
});

it('stands at the first line of the last part, when others come before', async () => {
  const before = [{ filename: 'first.py', source: 'x = 1\ndef f():\n    return x\n' }];
  await using step = await Stepper.open('y = f()\nprint(y)', { before });
  expect([step.line('MainThread'), step.shared]).toEqual([1, { x: '1' }]);
  await step.go('MainThread', 'line');
  expect(step.lane('MainThread').frames[0]).toMatchObject({ name: 'f', file: 'first.py', line: 3 });
});

it('steps through the workers of a pool', async () => {
  const source = `from concurrent.futures import ThreadPoolExecutor
def square(n):
    return n * n
with ThreadPoolExecutor(2) as pool:
    found = list(pool.map(square, [2, 3]))
print(found)
`;
  await using step = await Stepper.open(source);
  await step.go('MainThread', 'block');
  expect(step.now.lanes.map(({ name }) => name)).toEqual([
    ...['MainThread', 'ThreadPoolExecutor-0_0', 'ThreadPoolExecutor-0_1'],
  ]);
  expect(step.lane('MainThread').state).toBe('waits');
  expect(step.line('ThreadPoolExecutor-0_1')).toBe(3);
  expect(step.names('ThreadPoolExecutor-0_1')).toEqual({ n: '3' });
  for (let turn = 0; step.now.stopped !== 'over' && turn < 20; turn += 1) {
    const next = step.now.lanes.find(({ state }) => state === 'ready' || state === 'stands');
    await step.go(next?.name ?? '', 'block');
  }
  expect(step.printed).toBe('[4, 9]\n');
});

it('refuses what is no Python, and what uses other processes', async () => {
  await expect(Stepper.open('def work(:')).rejects.toThrow(/SyntaxError/u);
  await using step = await Stepper.open('import subprocess, sys\nsubprocess.run([sys.executable])');
  step.send({ kind: 'go', lane: 0, until: 'block' });
  expect(await step.told()).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('other processes') as string,
  });
});

it('goes on as a plain run does until a thread calls breakpoint()', async () => {
  const source = `import threading
done = False
def work(n):
    global done
    done = True
    breakpoint()
    print(n)
thread = threading.Thread(target=work, args=(3,), name="a")
thread.start()
while not done: pass
thread.join()
breakpoint()
`;
  await using step = await Stepper.open(source);
  expect(await step.go('MainThread', 'break')).toMatchObject({ stopped: 'break', acting: 1, running: 1, held: false });
  expect([step.line('a'), step.names('a'), step.shared['done']]).toEqual([6, { n: '3' }, 'True']);
  await step.go('a', 'line');
  expect(step.line('a')).toBe(7);
  expect(await step.go('a', 'break')).toMatchObject({ stopped: 'break', running: 0 });
  expect(step.printed).toBe('3\n');
  expect(await step.go('MainThread', 'break')).toMatchObject({ stopped: 'over', failure: null });
});
