/** When each file under `content/` last changed, from one `git log`; empty where git cannot tell truly. */
import { execFileSync } from 'node:child_process';

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });

function readHistory(): ReadonlyMap<string, Date> {
  const dates = new Map<string, Date>();
  let log: string;
  try {
    // A shallow clone dates every file by its only commit, which is worse than not knowing.
    if (git('rev-parse', '--is-shallow-repository').trim() !== 'false') return dates;
    log = git('log', '--relative', '--name-only', '--format=\u0001%cI', '--', 'content');
  } catch {
    return dates;
  }
  for (const commit of log.split('\u0001').slice(1)) {
    const [when = '', ...files] = commit.split('\n').filter((line) => line !== '');
    for (const file of files) if (!dates.has(file)) dates.set(file, new Date(when));
  }
  return dates;
}

let history: ReadonlyMap<string, Date> | undefined;

/** Date of the last commit that touched `path` (relative to the project), or undefined without git or history. */
export function lastChange(path: string): Date | undefined {
  history ??= readHistory();
  return history.get(path);
}
