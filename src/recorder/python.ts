/**
 * `npm run python -- [--script|--notebook] [--browser B] [--timeout S] FILE [ARGS]`: runs a Python file in the readers' kernel.
 *
 * With `--timeline OUT` it writes what the program's threads did: timeline-file.ts. With `--explore` or `--schedule` it searches for a schedule that fails, or replays one: src/explore/command.ts.
 *
 * Invariant: what the program prints goes to the streams it printed to; nothing is run that would run otherwise
 * than asked: an option that this version cannot keep is an error.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { asksToExplore, exploreCommand, exploreOptions, exploreUsage, ExploreUsageError } from '../explore/command.ts';
import type { MountedFile } from '../protocol/to-sandbox.ts';
import type { OutputEvent } from '../protocol/event.ts';
import type { RunEnd } from '../session/contract.ts';
import { openDriver } from './driver/open.ts';
import { readMount } from './driver/read-mount.ts';
import { StandardInput } from './standard-input.ts';
import { writeTimeline, wrongWith } from './timeline-file.ts';

const usage =
  'npm run python -- [--script|--notebook] [--browser chromium|firefox] [--mount HOST_DIR:/path]... [--timeout SECONDS] [--timeline OUT.svg|OUT.json] FILE [ARGS...]';

/** As `sysexits.h` and `timeout(1)` have them. */
const exitCodes = { usage: 64, unavailable: 69, timeout: 124, interrupted: 130 } as const;

class UsageError extends Error {}

interface Asked {
  readonly mode: 'notebook' | 'script';
  readonly browser: 'chromium' | 'firefox';
  readonly mounts: readonly string[];
  readonly timeoutSeconds: number;
  /** Where to write what the program's threads did. */
  readonly timeline: string | undefined;
  readonly file: string;
  readonly argv: readonly string[];
}

const withValue = ['--browser', '--mount', '--timeout', '--timeline', ...exploreOptions];

/** Our options stand before FILE; all that follows it is the program's. */
function split(words: readonly string[]) {
  let at = 0;
  while (words[at]?.startsWith('--')) at += withValue.includes(words[at] ?? '') ? 2 : 1;
  return { options: words.slice(0, at), file: words[at], argv: words.slice(at + 1) };
}

function readArguments({ options, file, argv }: ReturnType<typeof split>): Asked {
  const { values } = parseArgs({
    args: options,
    options: {
      script: { type: 'boolean', default: false },
      notebook: { type: 'boolean', default: false },
      browser: { type: 'string', default: 'chromium' },
      mount: { type: 'string', multiple: true, default: [] },
      timeout: { type: 'string', default: '300' },
      timeline: { type: 'string' },
    },
  });
  if (file === undefined) throw new UsageError('FILE is missing.');
  if (values.script && values.notebook) throw new UsageError('--script and --notebook exclude each other.');
  const timeoutSeconds = Number(values.timeout);
  if (!(timeoutSeconds > 0)) throw new UsageError(`--timeout ${values.timeout}: a number of seconds above 0 is meant.`);
  const { browser, timeline } = values;
  if (browser !== 'chromium' && browser !== 'firefox') throw new UsageError(`--browser ${browser}: not one we drive.`);
  const mode = values.notebook ? 'notebook' : 'script';
  if (mode === 'notebook' && argv.length > 0) throw new UsageError('ARGS: a notebook cell takes none.');
  return { mode, browser, mounts: values.mount, timeoutSeconds, timeline, file, argv };
}

/** Every file under the mounts' folders, where the program will find it. */
async function readMounts(mounts: readonly string[]): Promise<MountedFile[]> {
  const read = mounts.map((mount) => {
    const [, real, path] = /^(.+):(\/.*)$/u.exec(mount) ?? [];
    if (real === undefined || path === undefined) throw new UsageError(`--mount ${mount}: HOST_DIR:/path is meant.`);
    return readMount(real, path);
  });
  return (await Promise.all(read)).flat();
}

function print(event: OutputEvent): void {
  // The kernel's standard error is a terminal, which shows colours; ours may be none.
  const plain = (stream: NodeJS.WriteStream, text: string) =>
    stream.write(stream.isTTY ? text : stripVTControlCharacters(text));
  switch (event.type) {
    case 'stdout':
      process.stdout.write(event.text);
      return;
    case 'stderr':
      plain(process.stderr, event.text);
      return;
    case 'result':
      process.stdout.write(`${event.text}\n`);
      return;
    case 'error':
      plain(process.stderr, event.traceback);
      if (event.hint !== undefined) plain(process.stderr, `[${event.hint}]\n`);
      return;
    case 'exit':
      process.exitCode = event.code;
      return;
    default:
      event satisfies never;
  }
}

function conclude(end: RunEnd): void {
  switch (end.outcome) {
    case 'ok':
    case 'exited':
      return;
    case 'error':
      // A program has told its own.
      process.exitCode ??= 1;
      return;
    case 'interrupted':
      process.exitCode ??= exitCodes.interrupted;
      return;
    case 'fault':
      console.error(`${end.fault.what} ${end.fault.why} ${end.fault.mend}`);
      process.exitCode = end.fault.kind === 'timeout' ? exitCodes.timeout : exitCodes.unavailable;
      return;
    default:
      end satisfies never;
  }
}

async function main(): Promise<void> {
  const written = split(process.argv.slice(2));
  if (asksToExplore(written.options)) {
    if (written.options.includes('--timeline'))
      throw new UsageError('--timeline is of one run; --explore and --schedule print the steps of theirs.');
    process.exitCode = await exploreCommand(written);
    return;
  }
  const asked = readArguments(written);
  const wrong = asked.timeline === undefined ? undefined : await wrongWith(asked.timeline);
  if (wrong !== undefined) throw new UsageError(wrong);
  const source = await readFile(asked.file, 'utf8');
  await using driver = await openDriver({ browser: asked.browser, files: await readMounts(asked.mounts) });
  using input = new StandardInput();
  const { mode, argv } = asked;
  const timeline = asked.timeline !== undefined;
  const any = { source, filename: basename(asked.file), clock: 1, input: input.kind, timeline };
  const request =
    mode === 'notebook' ? ({ mode, ...any, namespace: 'main' } as const) : ({ mode, ...any, argv } as const);
  let interrupts = 0;
  process.on('SIGINT', () => {
    interrupts += 1;
    // The third is for us: whatever does not end, the command does.
    if (interrupts > 2) process.exit(exitCodes.interrupted);
    input.show();
    driver.interrupt().catch(() => undefined);
  });
  const { events, end } = await driver.run(request, {
    timeoutSeconds: asked.timeoutSeconds,
    onEvents: (events) => {
      events.forEach(print);
    },
    onInput: ({ secret }) => input.read(secret),
  });
  conclude(end);
  if (asked.timeline === undefined) return;
  // To standard error: the standard output is the program's.
  if (end.timeline) console.error(`\n${await writeTimeline(asked.timeline, asked.file, end.timeline, events)}`);
  else console.error(`${asked.timeline} was not written: the run did not come to its end.`);
}

main().catch((reason: unknown) => {
  const message = reason instanceof Error ? reason.message : String(reason);
  const usages = reason instanceof ExploreUsageError ? exploreUsage : reason instanceof UsageError ? usage : undefined;
  console.error(usages === undefined ? message : `${message}\n${usages}`);
  process.exitCode = usages === undefined ? exitCodes.unavailable : exitCodes.usage;
});
