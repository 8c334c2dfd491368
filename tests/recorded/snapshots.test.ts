/** Every recorded output of the course is what readers get today: all live cells run again and compared by their rules. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');

/** What the recorder tells of each failure: its line, and below it where and why. */
const failures = (output: string): string => (output.match(/^✗.*(?:\n {2}.*)*/gmu) ?? []).join('\n');

it('shows nothing that the kernel does not do', { timeout: 600_000 }, async () => {
  const recorder = spawn(process.execPath, ['src/recorder/main.ts', '--check'], { cwd: project });
  const said = Promise.all([text(recorder.stdout), text(recorder.stderr)]);
  const code = await new Promise<number | null>((resolve) => recorder.once('close', resolve));
  const output = (await said).join('');
  expect(failures(output)).toBe('');
  expect(output).toMatch(/unchanged: \d+/);
  expect(code, output).toBe(0);
});
