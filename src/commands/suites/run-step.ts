/** Runs one step and prints what it says: as it comes, or at its end in one piece. */
import { runBeside } from '../install.mjs';
import type { Again, SuiteReport } from './report.ts';

/** How much of what a step printed last is told of a failure that has no other words. */
const tail = 1000;

export async function runStep({ command, args, read }: Again, title: string, atOnce: boolean): Promise<SuiteReport> {
  let said = `\n== ${title}\n`;
  let last = '';
  const tell = (): void => {
    process.stdout.write(said);
    said = '';
  };
  const code = await runBeside(command, args, {}, (text: string) => {
    said += text;
    last = (last + text).slice(-tail);
    if (atOnce) tell();
  });
  tell();
  return read(code, last.trimEnd());
}
