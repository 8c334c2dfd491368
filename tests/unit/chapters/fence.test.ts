/** What an author may write after `python run`, and what each mistake is told. */
import { describe, expect, it } from 'vitest';
import { parseFence } from '../../../src/chapters/fence.ts';
import { mark } from '../../../src/schedules/mark.ts';
import { writeName } from '../../../src/schedules/schedule-name.ts';

/** Of the source that the tests have. */
const plain = writeName({
  ...{ granularity: 'gil', python: '3.14.2', schedule: 'plain' },
  mark: mark({ source: 'print(1)', before: [], beside: {} }),
});
const where = { file: 'content/02-x/index.mdx', line: 7 };

function options(meta: string) {
  const result = parseFence(`run id=a ${meta}`, 'print(1)', where);
  if (!result.ok) throw new Error(result.faults.map(({ what }) => what).join('\n'));
  return result.cell.options;
}

function faults(meta: string, source = 'print(1)'): string[] {
  const result = parseFence(meta, source, where);
  return result.ok ? [] : result.faults.map(({ what, mend }) => `${what} | ${mend}`);
}

describe('a fence', () => {
  it('needs an id and nothing else', () => {
    expect(parseFence('run id=drain', 'next(it)\n', where)).toEqual({
      ok: true,
      cell: {
        id: 'drain',
        source: 'next(it)\n',
        options: {
          mode: 'notebook',
          expectError: false,
          compare: { kind: 'exact' },
          masks: ['address'],
          clock: 1,
          timeout: 60,
          packages: [],
          lineNumbers: false,
        },
      },
    });
  });

  it('takes every option', () => {
    expect(
      options(
        'script name="drain.py" expect=error compare=band band=0.5..2 mask=id,counter timeout=5.5 packages=trio,attrs clock=10 lines',
      ),
    ).toEqual({
      mode: 'script',
      name: 'drain.py',
      expectError: true,
      compare: { kind: 'band', low: 0.5, high: 2 },
      masks: ['address', 'id', 'counter'],
      clock: 10,
      timeout: 5.5,
      packages: ['trio', 'attrs'],
      lineNumbers: true,
    });
    expect(options('net="50ms, 1.5MB/s, loss=2%, resets=0.5%, seed=7"').net).toEqual({
      latency: 0.05,
      bandwidth: 1_500_000,
      loss: 0.02,
      resets: 0.005,
      seed: 7,
    });
    expect(options('after=b title="Two of them" native="forks" compare=recorded-only')).toMatchObject({
      after: 'b',
      title: 'Two of them',
      native: 'forks',
      compare: { kind: 'recorded-only' },
    });
  });

  it('keeps backslashes of a pattern and reads an escaped quote', () => {
    expect(options('compare=shape shape="\\d+ \\"x\\"\\n"').compare).toEqual({ kind: 'shape', pattern: '\\d+ "x"\\n' });
  });

  it.each([
    ['run', 'the cell has no id'],
    ['run id=Drain', 'cannot use id="Drain"'],
    ['run id=a nmae=x.py', 'unknown cell option “nmae” | Did you mean “name”?'],
    ['run id=a frobnicate', 'unknown cell option “frobnicate” | The options are'],
    ['run id=a id=b', 'id is given twice'],
    ['run id=a run', 'run is given twice'],
    ['run id=a script=yes', 'script takes no value'],
    ['run id=a clock', 'clock needs a value'],
    ['run id=a clock=', 'cannot use clock=""'],
    ['run id=a clock=1', 'cannot use clock="1"'],
    ['run id=a net=fast', 'cannot use net="fast"'],
    ['run id=a net=50ms,20ms', 'cannot use net="50ms,20ms"'],
    ['run id=a net=seed=1', 'cannot use net="seed=1"'],
    ['run id=a net=loss=101%', 'cannot use net="loss=101%"'],
    ['run id=a net=50ms,seed=1', 'cannot use net="50ms,seed=1"'],
    ['run id=a timeout=-5', 'cannot use timeout="-5"'],
    ['run id=a timeout=9999', 'cannot use timeout="9999"'],
    ['run id=a expect=failure', 'cannot use expect="failure"'],
    ['run id=a compare=exactly', 'cannot use compare="exactly"'],
    ['run id=a compare=band band=2..1', 'cannot use band="2..1"'],
    ['run id=a compare=shape shape="("', 'cannot use shape="("'],
    ['run id=a mask=address', 'cannot use mask="address"'],
    ['run id=a mask=id,id', 'cannot use mask="id,id"'],
    ['run id=a packages=a,,b', 'cannot use packages="a,,b"'],
    ['run id=a packages=numpy', 'cannot use packages="numpy"'],
    ['run id=a stdin="a\\d"', 'cannot use stdin="a\\d"'],
    ['run id=a script schedule=worst', 'cannot use schedule="worst"'],
    ['run id=a script schedule=gil-3.14.2-00000000-plain', 'made for other code than this cell has'],
    ['run id=a stdin', 'stdin needs a value'],
    ['run id=a name=drain', 'cannot use name="drain"'],
    ['run id=a title="open', 'cannot read the cell\'s options from “title="open” on'],
  ])('says what is wrong with `%s`', (meta, said) => {
    expect(faults(meta).join('\n')).toContain(said);
  });

  it.each([
    ['script after=b', 'a script continues no cell'],
    ['name=a.py title=A', 'title= has no effect beside name='],
    ['native="forks" labels', 'labels has no effect on a native cell'],
    ['native="forks" timeline', 'timeline has no effect on a native cell'],
    ['native="forks" net=50ms', 'net= has no effect on a native cell'],
    ['native="forks" clock=10', 'clock= has no effect on a native cell'],
    ['native="forks" packages=trio', 'packages= has no effect on a native cell'],
    ['native="forks" stdin="a"', 'stdin= has no effect on a native cell'],
    ['native="It forks."', 'native= ends in a period'],
    [`schedule=${plain}`, 'schedule= is for a program of the page'],
    [`script native="forks" schedule=${plain}`, 'schedule= is for a program of the page'],
    [`script clock=10 schedule=${plain}`, 'have no effect beside schedule='],
    [`script timeline schedule=${plain}`, 'timeline has no effect beside schedule='],
    ['band=0.5..2', 'band= has no effect without compare=band'],
    ['compare=band', 'compare=band needs its limits'],
    ['shape="x"', 'shape= has no effect without compare=shape'],
    ['compare=shape', 'compare=shape needs its pattern'],
    ['compare=error', 'compare=error compares nothing'],
    ['compare=relation expect=error', 'compare=relation is for cells that print True and False'],
    ['compare=relation mask=id', 'mask= has no effect'],
    ['after=a', 'the cell continues itself'],
  ])('refuses `%s`, which contradicts itself or has no effect', (meta, said) => {
    expect(faults(`run id=a ${meta}`).join('\n')).toContain(said);
  });

  it.each([
    ['stdin=Ada', ['Ada']],
    ['stdin="Ada Lovelace\\n36"', ['Ada Lovelace', '36']],
    ['stdin="a\\\\n\\t\\n"', ['a\\n\t', '']],
    ['stdin=""', []],
    ['', undefined],
  ])('reads the lines of `%s`', (meta, lines) => {
    const result = parseFence(`run id=a ${meta}`, '1', where);
    expect(result.ok && result.cell.options.stdin).toEqual(lines);
  });

  it('keeps the schedule that a program follows', () => {
    expect(options(`script schedule=${plain}`)).toMatchObject({ mode: 'script', schedule: plain });
  });

  it('does not call an option missing whose value it could not read', () => {
    expect(faults('run id=a compare=shape shape="("')).toHaveLength(1);
    expect(faults('run id=a compare=bnad band=0..1')).toHaveLength(1);
  });

  it('tells all faults of a fence at once, each with its place', () => {
    const result = parseFence('run id=a nmae=x clock=0 script after=b', ' \n', where);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.faults).toHaveLength(4);
    for (const fault of result.faults) expect(fault).toMatchObject(where);
    expect(result.id).toBe('a');
  });
});
