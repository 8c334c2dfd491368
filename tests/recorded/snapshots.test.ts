/** Every recorded output of the course is what readers get today: all live cells run again and compared by their rules. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');

it('shows nothing that the kernel does not do', { timeout: 600_000 }, async () => {
  const recorder = spawn(process.execPath, ['src/recorder/main.ts', '--check'], { cwd: project });
  const said = Promise.all([text(recorder.stdout), text(recorder.stderr)]);
  const code = await new Promise<number | null>((resolve) => recorder.once('close', resolve));
  const output = (await said).join('');
  expect(output.split('\n').filter((line) => line.startsWith('✗'))).toEqual([]);
  expect(output).toMatch(/unchanged: \d+/);
  expect(code, output).toBe(0);
});
