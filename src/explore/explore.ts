/**
 * Searches for a schedule under which a Python program fails, and replays one.
 *
 * Invariant: a failure is told only after the same schedule has failed in the same way in an interpreter of its own that had
 * run nothing but the plain schedule before.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { oneAnswer } from '../kernel/virtual/one-answer.ts';
import { prepareVirtual } from '../kernel/virtual/prepare.ts';
import type { Answer, Asked, Message, Order, Replayed, Searched } from './order.ts';

const python = new URL('python/', import.meta.url);
/** Milliseconds for what nothing can interrupt, beyond the time of the search: a call of C that never returns. */
const PATIENCE = 60_000;

async function readExplorer(): Promise<Pick<Order, 'explorer' | 'loader'>> {
  const names = (await readdir(new URL('explorer/', python))).filter((name) => name.endsWith('.py'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(`explorer/${name}`, python), 'utf8')));
  const explorer = Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
  return { explorer, loader: await readFile(new URL('load.py', python), 'utf8') };
}

/** Read once. */
let read: ReturnType<typeof readExplorer> | undefined;

/** What one interpreter answers. */
export async function answerOf(asked: Asked, progress: (runs: number) => void = () => undefined): Promise<Answer> {
  read ??= readExplorer();
  const order: Order = { ...(await prepareVirtual()), ...(await read), asked };
  return oneAnswer({
    script: new URL('interpreter.ts', import.meta.url),
    order,
    answerIn: (message: Message): Answer | undefined => {
      if (message.type === 'answer') return message.answer;
      progress(message.runs);
      return undefined;
    },
    limit: {
      milliseconds: asked.seconds * 1000 + PATIENCE,
      answer: { kind: 'died', why: 'A run neither ends nor can be interrupted.', python: '' },
    },
  });
}

/** The program in `file`, with the modules beside it. */
export async function readProgram(file: string): Promise<Pick<Asked, 'filename' | 'source' | 'beside'>> {
  const source = await readFile(file, 'utf8');
  const siblings = (await readdir(dirname(file))).filter((name) => /^[A-Za-z_]\w*\.py$/u.test(name));
  const others = siblings.filter((name) => name !== basename(file));
  const imported = others.filter((name) => new RegExp(`\\b${name.slice(0, -3)}\\b`, 'u').test(source));
  const texts = await Promise.all(imported.map((name) => readFile(join(dirname(file), name), 'utf8')));
  const beside = Object.fromEntries(imported.map((name, index) => [name.slice(0, -3), texts[index] ?? '']));
  return { filename: basename(file), source, beside };
}

/** Eight digits that change when the program does. */
export function mark({ source, beside }: Pick<Asked, 'source' | 'beside'>): string {
  const whole = JSON.stringify([source, Object.entries(beside).sort()]);
  return createHash('sha256').update(whole).digest('hex').slice(0, 8);
}

export interface Explored {
  readonly searched: Searched;
  /** Of a failure: how it went in an interpreter of its own. */
  readonly replayed: Replayed | undefined;
  /** The version of Python that ran. */
  readonly python: string;
}

/** Raised when there is no answer: the program cannot be run at all, or the interpreter died. */
export class Unanswered extends Error {}

function unanswered(answer: Answer): Unanswered {
  return new Unanswered('why' in answer ? answer.why : `unexpected: ${answer.kind}`);
}

export async function replay(asked: Asked): Promise<Replayed & { readonly python: string }> {
  const answer = await answerOf(asked);
  if (answer.kind !== 'replayed') throw unanswered(answer);
  return answer;
}

export async function explore(asked: Asked, progress?: (runs: number) => void): Promise<Explored> {
  const searched = await answerOf({ ...asked, schedule: null }, progress);
  const { python } = searched;
  if (searched.kind === 'held') return { searched, replayed: undefined, python };
  if (searched.kind !== 'failed') throw unanswered(searched);
  return { searched, replayed: await replay({ ...asked, schedule: searched.schedule }), python };
}
