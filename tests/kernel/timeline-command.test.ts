/** `npm run python -- --timeline OUT FILE`: real programs from a terminal, what is written and told of them, and wrong input. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');
const programs = {
  'race.py': [
    'import sys, threading, time',
    'lock, about = threading.Lock(), threading.Event()',
    'def hold():',
    '    with lock: about.wait(); time.sleep(0.1)',
    'def want():',
    '    about.set()',
    '    with lock: print("got", *sys.argv[1:])',
    'first = threading.Thread(target=hold, name="first")',
    'second = threading.Thread(target=want, name="second")',
    'first.start(); second.start(); first.join(); second.join()',
    'sys.exit(3)',
  ],
  'stuck.py': [
    'import threading',
    'a, b = threading.Lock(), threading.Lock()',
    'both = threading.Barrier(2)',
    'def work(one, other):',
    '    with one:',
    '        both.wait()',
    '        with other: pass',
    'for name, locks in (("left", (a, b)), ("right", (b, a))):',
    '    threading.Thread(target=work, args=locks, name=name).start()',
  ],
  'endless.py': ['while True: pass'],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'timeline-'));
  for (const [name, lines] of Object.entries(programs)) writeFileSync(join(folder, name), lines.join('\n'));
  mkdirSync(join(folder, 'folder.svg'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function python(...words: string[]) {
  const child = spawn(process.execPath, [join(project, 'src/recorder/python.ts'), ...words], { cwd: folder });
  child.stdin.end();
  const streams = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await streams;
  return { code, stdout, stderr };
}

describe('a timeline from a terminal', () => {
  it('is a picture, sentences and a table; the program’s output, arguments and exit code are its own', async () => {
    const { code, stdout, stderr } = await python('--timeline', 'out.svg', 'race.py', '--timeline', 'x');
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'got --timeline x\n' });
    expect(stderr).toMatch(/^3 threads in [\d.]+ m?s\./m);
    expect(stderr).toMatch(/^second waited [\d.]+ m?s for the Lock lock that first held at line 4\.$/m);
    expect(stderr).toMatch(/^from \(ms\) {2}for \(ms\) {2}who {9}state$/m);
    expect(stderr).toMatch(
      /second {6}Waiting {2}at line 7 for the Lock lock that first held at line 4, until first woke it/,
    );
    expect(stderr).toMatch(/\nWritten to out\.svg\.\n$/);
    const svg = readFileSync(join(folder, 'out.svg'), 'utf8');
    expect(svg).toMatch(/^<svg xmlns=/);
    for (const name of ['MainThread', 'first', 'second']) expect(svg).toContain(`>${name}</text>`);
  });

  it('is a trace that Perfetto opens, also of a deadlock, whose threads it shows waiting to the end', async () => {
    const { code, stderr } = await python('--timeline', 'out.json', 'stuck.py');
    expect(code).not.toBe(0);
    for (const [name, lock, other] of [
      ['left', 'b', 'right'],
      ['right', 'a', 'left'],
    ])
      expect(stderr).toContain(
        `\n${name} still waited for the Lock ${lock} that ${other} held at line 5 when the run ended at line 7.\n`,
      );
    expect(stderr).toContain('MainThread ended with a deadlock.');
    expect(stderr).toContain('Written to out.json. Open it at https://ui.perfetto.dev.');
    const { traceEvents } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as {
      readonly traceEvents: readonly { readonly ph: string; readonly args?: { readonly name?: string } }[];
    };
    const names = traceEvents.filter(({ ph }) => ph === 'M').map(({ args }) => args?.name);
    expect(names).toEqual(expect.arrayContaining(['Timeline of stuck.py', 'MainThread', 'left', 'right']));
  });

  it('is not written of a run that had to be ended', async () => {
    const { code, stderr } = await python('--timeout', '3', '--timeline', 'never.svg', 'endless.py');
    expect(code).toBe(124);
    expect(stderr).toContain('never.svg was not written: the run did not come to its end.');
    expect(existsSync(join(folder, 'never.svg'))).toBe(false);
  });
});

it.each([
  ['out.png', ['race.py'], 'the file must end in .svg, for a picture, or in .json, for a trace'],
  ['missing/out.svg', ['race.py'], 'there is no folder missing that can be written to'],
  ['race.py/out.svg', ['race.py'], 'race.py is no folder'],
  ['folder.svg', ['race.py'], 'that is a folder'],
  ['out.svg', ['--explore', 'race.py'], '--timeline is of one run'],
  ['out.svg', [], 'FILE is missing'],
])('refuses --timeline %s %s and says why, before anything runs', async (out, words, why) => {
  const { code, stdout, stderr } = await python('--timeline', out, ...words);
  expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
  expect(stderr).toContain(why);
  expect(stderr).toContain('npm run python -- ');
});
