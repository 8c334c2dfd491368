/** Every rule of docs/authoring-exercises.md: what is read of an exercise, and the fault that each mistake is told as. */
import { describe, expect, it } from 'vitest';
import { formatFaults } from '../../../../src/chapters/content-fault.ts';
import { readChapter } from '../../../../src/chapters/read-chapter.ts';
import { choose, order, predict, write } from './sample.ts';

const head = `---
title: Generators
summary: How they work.
order: 2
module: 1
outcomes: [Explain them]
updated: 2026-11-22
---

`;
const place = { folder: '02-x', slug: 'x', file: 'index.mdx' };
const read = (body: string) => readChapter(place, head + body);
const told = (body: string): string => formatFaults(read(body).faults);

describe('an exercise without faults', () => {
  it('to write code gives starter, checks with their sentences, wrong answers and solution', () => {
    const { exercises, faults, anchors } = read(write);
    expect(faults).toEqual([]);
    expect(exercises).toHaveLength(1);
    expect(exercises[0]?.line).toBe(10);
    expect(exercises[0]?.exercise).toMatchObject({
      kind: 'write',
      id: 'classify',
      title: 'Classify a workload',
      starter: {
        id: 'classify-code',
        source: 'def classify(wall, cpu):\n    ...',
        options: { mode: 'script', name: 'classify.py', timeout: 2, clock: 1, packages: [] },
      },
      checks: [
        { name: 'test_all_computing', sentence: 'A run that computes all the time is "cpu".' },
        { name: 'test_boundary', sentence: 'A run that computes half of the time is `"mixed"`.' },
      ],
      wrong: [
        { fails: 'test_all_computing', why: 'Compares with "==".' },
        { fails: 'test_boundary', why: 'Forgets mixed.' },
      ],
      solution: 'def classify(wall, cpu):\n    return "cpu" if wall == cpu else "mixed"',
    });
    expect([...anchors]).toEqual(['classify', 'classify-code']);
  });

  it('names the file after the exercise and gives a check five seconds unless told otherwise', () => {
    const { exercises } = read(
      write.replace('id="classify"', 'id="sort-it"').replace(' name="classify.py" timeout=2', ''),
    );
    expect(exercises[0]?.exercise).toMatchObject({ starter: { options: { name: 'sort_it.py', timeout: 5 } } });
  });

  it('to predict gives its cell, which is a cell of the chapter like any other', () => {
    const { exercises, cells, faults } = read(predict);
    expect(faults).toEqual([]);
    expect(cells.map(({ cell }) => cell.id)).toEqual(['order-cell']);
    expect(exercises[0]?.exercise).toEqual({
      kind: 'predict',
      id: 'predict-order',
      title: 'In which order?',
      cell: 'order-cell',
      wrong: [
        { text: 'after\nbefore', why: 'The other way round.' },
        { text: 'before', why: 'Both are printed.' },
      ],
    });
  });

  it('to order gives lines and permutations of them', () => {
    const { exercises, faults } = read(order);
    expect(faults).toEqual([]);
    expect(exercises[0]?.exercise).toMatchObject({
      kind: 'order',
      code: false,
      lines: ['one', 'two', 'three'],
      also: [[0, 2, 1]],
      wrong: [{ order: [2, 0, 1] }, { order: [1, 0, 2] }],
    });
    const indented = order.replaceAll('```text', '```python').replaceAll('two', '    two');
    expect(read(indented).exercises[0]?.exercise).toMatchObject({ code: true, lines: ['one', '    two', 'three'] });
  });

  it('to choose gives what is right', () => {
    expect(read(choose).exercises[0]?.exercise).toEqual({
      kind: 'choose',
      id: 'choose-model',
      title: 'Which model?',
      many: false,
      right: [true, false, false],
    });
    const many = choose.replace('?">', '?" many>').replace('<Choice>', '<Choice right>');
    expect(read(many).exercises[0]?.exercise).toMatchObject({ many: true, right: [true, true, false] });
  });
});

type Case = readonly [sample: string, from: string | RegExp, to: string, said: string];

const without = (part: string): RegExp => new RegExp(`<${part}>[\\s\\S]*</${part}>\\n`);
const fence = (role: string): RegExp => new RegExp('```\\w+ ' + role + '[^\\n]*\\n[\\s\\S]*?\\n```\\n', 'g');

describe('a mistake in an exercise is told with its line and its mend', () => {
  it.each<Case>([
    [write, 'id="classify" ', '', '10: Exercise without id'],
    [write, 'id="classify"', 'id="Classify"', '10: cannot use id="Classify"\n    Write lower-case letters'],
    [write, ' title="Classify a workload"', '', '10: Exercise without title'],
    [write, ' title=', ' level="2" title=', '10: Exercise has no “level”'],
    [write, 'Task in prose.', '', '10: <Exercise> without a question'],
    [write, fence('starter'), '', '10: <Exercise> with 0 starter fences\n    It has exactly 1.'],
    [write, fence('check'), '', '10: <Exercise> with 0 check fences'],
    [
      write,
      /```python solution/,
      '```python solution\nx\n```\n\n```python solution',
      '10: <Exercise> with 2 solution fences',
    ],
    [write, /```python wrong fails=test_b[^`]*```\n/, '', '10: <Exercise> with 1 wrong fences\n    It has at least 2.'],
    [write, without('Hint'), '', '10: <Exercise> with 0 <Hint>\n    It has at least 1'],
    [write, without('Explanation'), '', '10: <Exercise> with 0 <Explanation>\n    It has exactly 1'],
    [write, 'starter name', 'starter nmae', '14: a starter fence has no option “nmae”\n    Did you mean “name”?'],
    [write, 'timeout=2', 'timeout=2 timeout=3', '14: timeout is given twice'],
    [write, 'timeout=2', 'timeout', '14: timeout needs a value'],
    [write, 'timeout=2', 'timeout=soon', '14: cannot use timeout="soon"'],
    [
      write,
      '"classify.py"',
      '"classify.py',
      '14: cannot read the fence’s options from “name="classify.py timeout=2” on',
    ],
    [write, 'fails=test_boundary ', '', '40: a wrong fence without fails='],
    [write, ' why="Forgets mixed."', '', '40: a wrong fence without why='],
    [
      write,
      'fails=test_boundary',
      'fails=test_bundary',
      '40: there is no check test_bundary\n    Did you mean “test_boundary”?',
    ],
    [write, 'python starter', 'py starter', '14: a starter fence in “py”\n    Write ```python starter.'],
    [
      write,
      'def test_all_computing()',
      'def test_all_computing(tmp_path)',
      '22: the check test_all_computing is not of the form',
    ],
    [write, /""".*cpu"\."""/, 'pass', '22: the check test_all_computing has no docstring'],
    [write, 'is "cpu"."""', 'is cpu"""', '22: the docstring of test_all_computing is no sentence'],
    [write, 'def test_boundary', 'def test_all_computing', '26: two checks are named test_all_computing'],
    [write, 'def test_boundary', 'def testing', '26: the function testing is no check'],
    [write, /\n(async )?def test/g, '\ndef tset', '20: a check fence without a check'],
    [write, /def classify\(wall, cpu\):\n {4}\.\.\.\n/, '\n', '14: an empty starter fence'],
    [write, '```python starter', '```text order\nx\n```\n\n```python starter', '14: a order fence in <Exercise>'],
    [
      predict,
      'run id=order-cell',
      'run id=order-cell compare=recorded-only',
      '14: a cell whose output nobody can predict',
    ],
    [predict, fence('run'), '', '10: <Predict> with 0 cells'],
    [predict, 'id=order-cell', 'id=predict-order', '14: the id “predict-order” is already on line 10'],
    [predict, fence('wrong'), '', '10: <Predict> with 0 wrong fences'],
    [predict, ' why="Both are printed."', '', '24: a wrong fence without why='],
    [order, 'one\ntwo\nthree\n', 'one\none\nthree\n', '14: the line “one” is there twice'],
    [order, 'one\nthree\ntwo', 'one\nthree\nfour', '20: the line “four” is not in the order fence'],
    [order, 'one\nthree\ntwo', 'one\nthree', '20: the line “two” is missing'],
    [order, 'one\nthree\ntwo', 'one\nthree\ntwo\ntwo', '20: the line “two” is there twice'],
    [order, 'one\nthree\ntwo', 'one\ntwo\nthree', '20: an order that is accepted already'],
    [order, 'three\none\ntwo', 'one\ntwo\nthree', '26: a wrong order that is also a right one'],
    [order, 'three\none\ntwo', 'two\none\nthree', '32: the same wrong order twice'],
    [choose, '<Choice right>', '<Choice>', '10: no choice is right'],
    [choose, '<Choice>', '<Choice right>', '10: 2 choices are right'],
    [choose, '<Choice>', '<Choice wrong>', '26: Choice has no “wrong”'],
    [choose, /<Choice>[\s\S]*?<\/Choice>/, '', '10: <Choose> with 2 <Choice>'],
    [choose, /<Because>[\s\S]*?<\/Because>/, '', '14: <Choice> with 0 <Because>'],
    [choose, 'Threads.\n', '', '14: <Choice> without a text'],
    [
      choose,
      '<Because>\n\nWhy this',
      '<Explanation />\n\n<Because>\n\nWhy this',
      '18: <Explanation> in the wrong place',
    ],
  ])('%#: %s', (sample, from, to, said) => {
    const body = sample.replace(from, to);
    expect(body).not.toBe(sample);
    expect(told(body)).toContain(`index.mdx:${said}`);
    const own = read(body).exercises;
    // Props and ids that only clash with others do not make an exercise unreadable.
    if (!/has no “|already on line|wrong place/.test(said)) expect(own).toEqual([]);
  });

  it('when a fence or a part stands outside, and when an id is taken', () => {
    expect(told('```python check\ndef test_x():\n    pass\n```\n')).toContain('10: a check fence outside an exercise');
    expect(told('<Aside>\n\n<Hint>\n\nx\n\n</Hint>\n\n</Aside>\n')).toContain('12: <Hint> in the wrong place');
    expect(told('Text <Choose id="a" title="b"></Choose>.\n')).toContain('10: <Choose> inside a paragraph');
    const inner = write.replace('Task in prose.', '<Aside>\n\n```python solution\nx\n```\n\n</Aside>\n\nTask.');
    expect(told(inner)).toContain('14: a solution fence outside an exercise');
    expect(told(`## Code {#classify-code}\n\n${write}`)).toContain('12: the id “classify-code” is already on line 10');
  });
});
