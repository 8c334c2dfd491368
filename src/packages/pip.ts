/**
 * pip of the builder's machine, whatever its Python is called.
 *
 * Invariant: what is downloaded does not depend on that machine: wheels are chosen for one fixed platform, and only their
 * Python files are used.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const pythons = process.platform === 'win32' ? ['py', 'python'] : ['python3', 'python'];
const onlyWheels = ['--no-deps', '--only-binary', ':all:', '--python-version', '3.14', '--implementation', 'cp'];
/** Some projects have no wheel without binaries. One for Linux has the same Python files as any other. */
const platforms = ['manylinux_2_28_x86_64', 'manylinux2014_x86_64', 'any'].flatMap((name) => ['--platform', name]);

/** What a program said when it failed, in one line: pip's first error, else the last line; or why it could not start. */
function inOneLine(reason: unknown): string {
  const said = reason instanceof Error ? reason.message : String(reason);
  const lines = said.trim().split('\n');
  return lines.find((line) => line.startsWith('ERROR: '))?.slice('ERROR: '.length) ?? lines.at(-1) ?? said;
}

/** Runs the first Python that can do it and answers with what that printed. Throws what each said if none can. */
export async function runPython(args: readonly string[]): Promise<string> {
  const reasons: string[] = [];
  for (const python of pythons) {
    try {
      const { stdout } = await promisify(execFile)(python, args, { maxBuffer: 16 << 20 });
      return stdout;
    } catch (reason) {
      reasons.push(inOneLine(reason));
    }
  }
  throw new Error([...new Set(reasons)].join('; '));
}

export async function runPip(command: string, args: readonly string[]): Promise<void> {
  const quiet = ['--quiet', '--disable-pip-version-check', '--retries', '1', '--timeout', '20'];
  await runPython(['-m', 'pip', command, ...quiet, ...args]);
}

/** Brings the wheels of a lock file into `folder`. pip refuses a file that has none of the lock's hashes. */
export async function downloadWheels(lock: string, folder: string): Promise<void> {
  await runPip('download', [...onlyWheels, ...platforms, '--require-hashes', '--requirement', lock, '--dest', folder]);
}
