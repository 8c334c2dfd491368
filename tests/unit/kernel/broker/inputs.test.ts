/** Which of several processes that read from the reader's terminal is asked for, and answered. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Inputs } from '../../../../src/kernel/broker/inputs.ts';
import type { FromSandbox } from '../../../../src/protocol/message.ts';

let said: FromSandbox[];
let inputs: Inputs<string>;
beforeEach(() => {
  said = [];
  inputs = new Inputs((message) => said.push(message));
});

const ask = (place: string, request: number, root = 1): void => {
  inputs.hear(root, place, { type: 'input.request', run: 5, request, prompt: place, secret: false });
};
/** What the page was told, in short. */
const told = (): readonly string[] =>
  said.splice(0).map((message) => (message.type === 'input.request' ? message.prompt : message.type));
const openNumber = (): number => {
  const last = said.at(-1);
  return last?.type === 'input.request' ? last.request : 0;
};
const reply = (request: number, pid = 1) => inputs.answered({ type: 'input.reply', pid, request, text: 'x\n' });

describe('a line', () => {
  it('goes to the process that asked, by its own number, and the next is asked for only then', () => {
    ask('first', 7);
    const one = openNumber();
    ask('child', 7);
    expect(told()).toEqual(['first']);
    expect(reply(one)).toEqual({ place: 'first', request: 7 });
    const two = openNumber();
    expect(told()).toEqual(['child']);
    expect(reply(two)).toEqual({ place: 'child', request: 7 });
    expect([told(), reply(two)]).toEqual([[], undefined]);
  });

  it('is not asked for on behalf of a process that has gone or needs none any more', () => {
    ask('a', 1);
    ask('b', 1);
    ask('c', 1);
    const number = openNumber();
    inputs.gone('b');
    inputs.hear(1, 'a', { type: 'input.withdrawn' });
    expect(told()).toEqual(['a', 'input.withdrawn', 'c']);
    expect(reply(number)).toBeUndefined();
    inputs.gone('c');
    expect(told()).toEqual(['input.withdrawn']);
  });

  it('is asked for anew when the same process asks again', () => {
    ask('a', 1);
    const before = openNumber();
    ask('a', 2);
    expect(told()).toEqual(['a', 'a']);
    expect(reply(before)).toBeUndefined();
    expect(reply(before + 1)).toEqual({ place: 'a', request: 2 });
  });

  it('is asked for in each tree apart', () => {
    ask('a', 1, 1);
    const one = openNumber();
    ask('b', 1, 2);
    expect(told()).toEqual(['a', 'b']);
    expect(reply(one, 2)).toBeUndefined();
    inputs.forget(2);
    expect(reply(one, 1)).toEqual({ place: 'a', request: 1 });
  });
});
