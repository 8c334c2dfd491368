/** Tells programs apart, so that a schedule's name says which one it was made for. Not against someone who wants two alike. */
import type { ExplorationAsked } from '../protocol/exploration.ts';
import { fnv1a } from '../protocol/fnv.ts';

type Sources = Pick<ExplorationAsked, 'source' | 'before' | 'beside'>;

/** What a file ends with, and how its lines end, is no part of the program. */
const essence = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

/** Eight digits that change when the program does. */
export function mark({ source, before, beside }: Sources): string {
  const modules = Object.entries(beside).map(([name, text]) => [name, essence(text)]);
  const whole = [essence(source), modules.sort(), ...before.map((part) => essence(part.source))];
  return fnv1a(new TextEncoder().encode(JSON.stringify(whole)))
    .toString(16)
    .padStart(8, '0');
}
