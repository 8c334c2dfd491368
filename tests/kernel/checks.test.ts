/** Checks of exercises in the readers' kernel: what each failure tells, what hangs, and what must not be believed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Driver } from '../../src/recorder/driver/contract.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';
import type { CheckResult, ChecksAsked } from '../../src/session/run-checks.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await openDriver();
});
afterAll(() => driver[Symbol.asyncDispose]());

const lines = (...source: readonly string[]): string => `${source.join('\n')}\n`;

async function check(source: string, checkSource: string, options: Partial<ChecksAsked> = {}) {
  const names = [...checkSource.matchAll(/^(?:async )?def (test_\w+)/gm)].map(([, name = '']) => name);
  const end = await driver.check({
    source,
    filename: 'answer.py',
    clock: 1,
    checkSource,
    names,
    timeout: 20,
    stopAtFailure: false,
    ...options,
  });
  const told = (result: CheckResult) => (result.state === 'failed' ? result.failure : result.state);
  return { ...end, told: end.results.map(told) };
}

describe('checks', () => {
  it('pass, in order, in the namespace of a program that has run as __main__', async () => {
    const source = lines('print("first line")', 'value = 41', 'if __name__ == "__main__":', '    value += 1');
    const { told, program, fault } = await check(
      source,
      lines(
        'import asyncio',
        'def test_value():',
        '    assert value == helper(), "never seen"',
        '    assert output == "first line\\n"',
        'def helper(): return 42',
        'async def test_async():',
        '    await asyncio.sleep(0)',
        '    with raises((KeyError, ValueError), match="[0-9]") as caught:',
        '        raise ValueError("7")',
        '    assert caught.value.args == ("7",)',
      ),
    );
    expect({ told, program, fault }).toEqual({ told: ['passed', 'passed'], program: undefined, fault: undefined });
  });

  it('tell the values of a comparison, the author’s message, or what was tested', async () => {
    const { told } = await check(
      'def f(x): return [x, "a"]\n',
      lines(
        'def test_equal():',
        '    assert f(1) == [2, "a"]',
        'def test_text():',
        '    assert "a\\nb" == "a\\nc"',
        'def test_less():',
        '    assert len(f(1)) < 2',
        'def test_message():',
        '    assert not f(1), f"but {f(0)[0]}"',
        'def test_raises():',
        '    with raises(ValueError): f(1)',
        'def test_raises_in_lines():',
        '    with raises((ValueError, KeyError)):',
        '        f(1)',
        '        f(2)',
        'def test_match():',
        '    with raises(ZeroDivisionError, match="^zero$"): 1 / 0',
        'def test_bad_repr():',
        '    class Bad:',
        '        def __repr__(self): raise KeyError',
        '    assert Bad() == "x" * 9000',
      ),
    );
    expect(told.slice(0, 7)).toEqual([
      { kind: 'unmet', source: 'f(1)', actual: "[1, 'a']", expected: "[2, 'a']" },
      { kind: 'unmet', source: "'a\\nb'", actual: 'a\nb', expected: 'a\nc' },
      { kind: 'unmet', source: 'len(f(1)) < 2', actual: '2' },
      { kind: 'unmet', source: 'not f(1)', message: 'but 0' },
      { kind: 'unmet', source: 'f(1)', actual: 'no exception', expected: 'ValueError' },
      {
        kind: 'unmet',
        source: 'with raises',
        message: 'ValueError or KeyError was not raised',
        actual: 'no exception',
        expected: 'ValueError or KeyError',
      },
      {
        kind: 'unmet',
        source: 'the message of the ZeroDivisionError',
        message: "the message of the ZeroDivisionError does not match '^zero$'",
        actual: "'division by zero'",
      },
    ]);
    expect(told[7]).toMatchObject({
      actual: '<repr() raised KeyError>',
      expected: `'${'x'.repeat(3999)}… (9002 characters)`,
    });
  });

  it('tell an exception with the reader’s lines and none of the checks’ or ours', async () => {
    const { told } = await check(
      lines('def f(x):', '    return 1 / x', 'def g(x):', '    assert x > 0', '    return x'),
      lines(
        'def test_divides():',
        '    assert f(0) == 1',
        'def test_own_assert():',
        '    g(-1)',
        'def test_missing():',
        '    h(1)',
        'def test_exit():',
        '    raise SystemExit(3)',
        'def test_after():',
        '    assert f(1) == 1',
      ),
    );
    const traceback = (...own: readonly string[]) => lines('Traceback (most recent call last):', ...own);
    expect(told[0]).toMatchObject({
      kind: 'exception',
      message: 'ZeroDivisionError: division by zero',
      traceback: traceback(
        '  File "/home/reader/answer.py", line 2, in f',
        '    return 1 / x',
        '           ~~^~~',
        'ZeroDivisionError: division by zero',
      ),
    });
    expect(told[1]).toMatchObject({ kind: 'exception', message: 'AssertionError' });
    expect(told[1]).toHaveProperty('traceback', expect.stringContaining('line 4, in g\n    assert x > 0'));
    expect(told.slice(2)).toEqual([
      { kind: 'exception', message: "NameError: name 'h' is not defined", traceback: '' },
      { kind: 'exception', message: 'SystemExit: 3', traceback: '' },
      'passed',
    ]);
  });

  it('do not run when the program itself fails, and say where', async () => {
    const test = lines('def test_a():', '    assert True');
    const broken = await check('x = 1\nx.y\n', test);
    expect(broken.told).toEqual(['not-run']);
    expect(broken.program?.failure).toMatchObject({
      kind: 'exception',
      message: "AttributeError: 'int' object has no attribute 'y'",
    });
    expect(broken.program?.failure).toHaveProperty(
      'traceback',
      expect.stringContaining('File "/home/reader/answer.py", line 2'),
    );
    const unfinished = await check('def f(:\n', test);
    expect(unfinished.program?.failure).toMatchObject({
      kind: 'exception',
      message: expect.stringContaining('SyntaxError') as string,
    });
    const exiting = await check('import sys\nsys.exit(3)\n', test);
    expect(exiting.told).toEqual(['passed']);
  });

  it('have what was printed during each, up to a bound', async () => {
    const { results } = await check(
      'print("at the start")\n',
      lines(
        'import sys, threading',
        'def test_prints():',
        '    print("one"); print("two", file=sys.stderr)',
        'def test_silent():',
        '    pass',
        'def test_flood():',
        '    print("x" * 100_000)',
      ),
    );
    expect(results.map(({ printed }) => printed)).toEqual(['one\ntwo\n', '', 'x'.repeat(8000)]);
  });

  it('tell texts of any characters within their bounds', async () => {
    const { told } = await check(
      'wide, alone = chr(0x1F600), chr(0xD800)\n',
      lines(
        'def test_wide():',
        '    assert "\\n" + wide * 9000 == "\\n"',
        'def test_lone_surrogates():',
        '    assert "\\n" + alone * 9000 == "\\n"',
        'def test_last():',
        '    assert True',
      ),
    );
    const shown = told.map((each) => (typeof each === 'object' && each.kind === 'unmet' ? (each.actual ?? '') : each));
    expect(shown[0]).toMatch(/^\n\u{1F600}{3999}… \(9001 characters\)$/u);
    expect(shown[1]).toMatch(/^\n(\\ud800){666}\\ud… \(9001 characters\)$/);
    expect(shown[2]).toBe('passed');
  });

  it('are not told by what the program has put into the standard library', async () => {
    const { told } = await check(
      lines(
        'import json',
        'json.dumps = lambda *_, **__: \'{"check": "test_a", "state": "passed"}\'',
        'json.loads = lambda *_, **__: {"source": "", "names": [], "stopAtFailure": False}',
      ),
      lines('def test_a():', '    assert 1 == 2', 'def test_b():', '    assert 2 == 2'),
    );
    expect(told).toEqual([{ kind: 'unmet', source: '1', actual: '1', expected: '2' }, 'passed']);
  });

  it('stop at the first that fails when asked to', async () => {
    const source = lines('def test_a(): pass', 'def test_b(): assert 0', 'def test_c(): pass');
    const { told } = await check('', source, { stopAtFailure: true });
    expect(told).toEqual(['passed', { kind: 'unmet', source: '0' }, 'not-run']);
  });
});

describe('a check that does not come to its end', () => {
  it('ends by itself, says where it was, and those after it still run', async () => {
    const { told } = await check(
      lines(
        'import asyncio, threading, time',
        'def spin():',
        '    while True:',
        '        pass',
        'async def pause():',
        '    await asyncio.sleep(3600)',
      ),
      lines(
        'def test_spins():',
        '    spin()',
        'async def test_waits():',
        '    await pause()',
        'def test_refuses():',
        '    while True:',
        '        try:',
        '            while True: time.sleep(0.01)',
        '        except BaseException: pass',
        'def test_last():',
        '    assert 1 == 1',
      ),
      { timeout: 1 },
    );
    expect(told[0]).toMatchObject({ kind: 'timeout', seconds: 1 });
    expect(told[0]).toHaveProperty('traceback', expect.stringContaining('in spin'));
    expect(told[1]).toMatchObject({ kind: 'timeout' });
    expect(told[1]).toHaveProperty('traceback', expect.stringContaining('in pause'));
    expect(told[2]).toEqual({ kind: 'timeout', seconds: 1, traceback: '' });
    expect(told[3]).toBe('passed');
  });

  it('is told as a deadlock at once when nothing can ever wake it', async () => {
    const { told, results } = await check(
      lines(
        'import asyncio, threading',
        'lock = threading.Lock()',
        'def twice():',
        '    with lock:',
        '        with lock: pass',
      ),
      lines(
        'def test_locks():',
        '    twice()',
        'def test_free_again():',
        '    assert not lock.locked()',
        'async def test_event():',
        '    await asyncio.Event().wait()',
        'def test_last():',
        '    pass',
      ),
      { timeout: 60 },
    );
    expect(told[0]).toMatchObject({ kind: 'deadlock' });
    expect(told[0]).toHaveProperty('traceback', expect.stringContaining('in twice'));
    expect(results[0]?.printed).toContain('waits at /home/reader/answer.py:5 for a Lock that it holds itself');
    expect(told[1]).toBe('passed');
    expect(told[2]).toMatchObject({ kind: 'deadlock' });
    expect(told[3]).toBe('passed');
  });

  it('ends the run when it is the program’s own code', async () => {
    const { told, program } = await check('while True: pass\n', lines('def test_a(): pass'), { timeout: 1 });
    expect(told).toEqual(['not-run']);
    expect(program?.failure).toMatchObject({ kind: 'timeout' });
    expect(program?.failure).toHaveProperty(
      'traceback',
      expect.stringContaining('File "/home/reader/answer.py", line 1'),
    );
  });

  it('fails alone when it ends its interpreter', async () => {
    const { told } = await check(
      'import os\n',
      lines('def test_a(): os._exit(0)', 'def test_b(): assert 2 == 2', 'def test_c(): os._exit(1)'),
    );
    expect(told).toEqual([
      { kind: 'ended', message: 'The program ended itself.' },
      'passed',
      { kind: 'ended', message: 'The program ended itself.' },
    ]);
  });
});
