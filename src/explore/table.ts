/** What a schedule led to, with its steps as a table for a terminal. */
import type { Replayed } from '../protocol/exploration.ts';
import { stepsOf, toldVerdict } from '../schedules/tell.ts';

const ROWS = 60;

function table(replayed: Replayed): string {
  const { steps, left } = stepsOf(replayed, ROWS);
  const width = Math.max(...replayed.names.map((name) => name.length), 'thread'.length);
  const lines = steps.map(({ thread, line, words, ran }) =>
    ran
      ? `${thread.padEnd(width)} ${String(line ?? '').padStart(5)}  ${words}`.trimEnd()
      : `${' '.repeat(width + 6)}  -- ${words}`,
  );
  const before = left > 0 ? [`… ${left.toLocaleString('en-GB')} rows before`] : [];
  return [`${'thread'.padEnd(width)}  line`, ...before, ...lines].join('\n');
}

export function toldReplay(replayed: Replayed, file: string): string {
  const { failure, stdout, stderr, usual, missed } = replayed;
  const parts = [toldVerdict(replayed, file), '', table(replayed)];
  if (missed.length > 0) {
    parts.push(
      '',
      `The schedule could not be followed at ${missed.join(', ')}: the thread that was to go on could not.`,
    );
  }
  if (failure?.kind === 'output') parts.push('', 'The plain run prints:', (usual ?? '').trimEnd());
  if (stdout !== '') parts.push('', 'It prints:', stdout.trimEnd());
  if (stderr !== '') parts.push('', stderr.trimEnd());
  return parts.join('\n');
}
