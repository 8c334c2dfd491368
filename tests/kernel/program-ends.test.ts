/** A program ends in the kernel as CPython itself ends it: what it prints, its tracebacks to the colour, its exit code. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Driver } from '../../src/recorder/driver/contract.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';
import recorded from './program-ends/expected.json' with { type: 'json' };
import { programs } from './program-ends/programs.ts';

interface End {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

const ends: Readonly<Record<string, End>> = recorded.ends;
let driver: Driver;
beforeAll(async () => {
  driver = await openDriver();
});
afterAll(() => driver[Symbol.asyncDispose]());

async function inKernel(source: string): Promise<End> {
  const request = { mode: 'script', source, filename: 'program.py', argv: [], clock: 1 } as const;
  const { events } = await driver.run(request, { timeoutSeconds: 60 });
  let [stdout, stderr, code] = ['', '', -1];
  for (const event of events) {
    if (event.type === 'stdout') stdout += event.text;
    if (event.type === 'stderr') stderr += event.text;
    if (event.type === 'error') stderr += event.traceback;
    if (event.type === 'exit') code = event.code;
  }
  return { stdout, stderr, code };
}

/** The kernel's library is an archive, and of another release: its lines have other numbers. */
function comparable({ stdout, stderr, code }: End): End {
  const told = (text: string) =>
    text
      .replaceAll('/lib/python314.zip/', '<lib>/')
      .replaceAll(/(?<=<lib>\/.*line (?:\u001b\[35m)?)\d+/gu, 'N')
      .replaceAll(/\b0x[0-9a-f]+/gu, '0x');
  return { stdout: told(stdout), stderr: told(stderr), code };
}

it.each(Object.keys(programs))('%s', async (name) => {
  const end = ends[name];
  if (end === undefined) throw new Error('not recorded: run record.ts');
  expect(comparable(await inKernel(programs[name] ?? ''))).toEqual(comparable(end));
});
