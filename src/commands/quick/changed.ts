/** What has changed, as git sees it: since the branch left main, committed or not; or the files that are named. */
import { execFileSync } from 'node:child_process';

export interface Changed {
  /** In words, what they are compared with. */
  readonly since: string;
  /** From the project's root, with forward slashes; those that are gone, too. */
  readonly files: readonly string[];
}

function git(...args: readonly string[]): readonly string[] {
  return execFileSync('git', ['-c', 'core.quotePath=false', ...args], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
}

/** Undefined in a clone without a main branch. */
function mergeBase(): string | undefined {
  for (const branch of ['main', 'origin/main']) {
    try {
      const known = git('rev-parse', '--verify', '--quiet', `${branch}^{commit}`);
      if (known.length > 0) return git('merge-base', 'HEAD', branch)[0];
    } catch {
      // There is no such branch, or it has nothing in common with this one.
    }
  }
  return undefined;
}

/** `named` are files and folders of the project; none of them means that git is asked. */
export function changedFiles(named: readonly string[]): Changed {
  if (named.length > 0) {
    const files = named.flatMap((name) => git('ls-files', '-co', '--exclude-standard', '--', name));
    return { since: 'named on the command line', files: [...new Set(files)].sort() };
  }
  const base = mergeBase();
  const files = [
    ...git('diff', '--name-only', '--no-renames', base ?? 'HEAD'),
    ...git('ls-files', '-o', '--exclude-standard'),
  ];
  return {
    since: base === undefined ? 'not committed' : `since ${base.slice(0, 9)}, where this branch left main`,
    files: [...new Set(files)].sort(),
  };
}
