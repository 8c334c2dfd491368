/** Tells programs apart, so that a schedule's name says which one it was made for. Not against someone who wants two alike. */
import type { ExplorationAsked } from '../protocol/exploration.ts';

type Sources = Pick<ExplorationAsked, 'source' | 'before' | 'beside'>;

/** What a file ends with, and how its lines end, is no part of the program. */
const essence = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

/** Eight digits that change when the program does: FNV-1a of 32 bits. */
export function mark({ source, before, beside }: Sources): string {
  const modules = Object.entries(beside).map(([name, text]) => [name, essence(text)]);
  const whole = [essence(source), modules.sort(), ...before.map((part) => essence(part.source))];
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(whole))) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
