/** Searches for a schedule under which a Python program fails, and replays one: each time in a worker of Node of its own. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explorerSources } from '../kernel/virtual/explorer-sources.ts';
import { oneAnswer } from '../kernel/virtual/one-answer.ts';
import { prepareVirtual } from '../kernel/virtual/prepare.ts';
import type { ExplorationAnswer, ExplorationAsked } from '../protocol/exploration.ts';
import * as schedules from '../schedules/explore.ts';
import type { Message, Order } from './order.ts';

/** Milliseconds for what nothing can interrupt, beyond the time of the search: a call of C that never returns. */
const PATIENCE = 60_000;

/** Read once. */
let read: ReturnType<typeof explorerSources> | undefined;

/** What one interpreter answers. */
export async function answerOf(
  asked: ExplorationAsked,
  progress: schedules.Progress = () => undefined,
): Promise<ExplorationAnswer> {
  read ??= explorerSources();
  const order: Order = { ...(await prepareVirtual()), sources: await read, asked };
  return oneAnswer({
    script: new URL('interpreter.ts', import.meta.url),
    order,
    answerIn: (message: Message): ExplorationAnswer | undefined => {
      if (message.type === 'answer') return message.answer;
      progress(message.progress);
      return undefined;
    },
    limit: {
      milliseconds: asked.seconds * 1000 + PATIENCE,
      answer: { kind: 'died', why: 'A run neither ends nor can be interrupted.', python: '' },
    },
  });
}

/** The program in `file`, with the modules beside it. */
export async function readProgram(
  file: string,
): Promise<Pick<ExplorationAsked, 'filename' | 'source' | 'before' | 'beside'>> {
  const source = await readFile(file, 'utf8');
  const siblings = (await readdir(dirname(file))).filter((name) => /^[A-Za-z_]\w*\.py$/u.test(name));
  const others = siblings.filter((name) => name !== basename(file));
  const imported = others.filter((name) => new RegExp(`\\b${name.slice(0, -3)}\\b`, 'u').test(source));
  const texts = await Promise.all(imported.map((name) => readFile(join(dirname(file), name), 'utf8')));
  const beside = Object.fromEntries(imported.map((name, index) => [name.slice(0, -3), texts[index] ?? '']));
  return { filename: basename(file), source, before: [], beside };
}

export const replay = (asked: ExplorationAsked) => schedules.replay(answerOf, asked);
export const explore = (asked: ExplorationAsked, progress?: schedules.Progress) =>
  schedules.explore(answerOf, asked, progress);
