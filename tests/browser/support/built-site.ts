/** A site that is built before a suite that looks at it, and what its tests know of it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built site. */
    siteFolder: string;
    /** The folder whose `content/` the site is made from. */
    courseRoot: string;
    /** What `npm run build` said; undefined for a site that was built before. */
    buildOutput: Said | undefined;
  }
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run build` in a project; the folder that it writes to is not the project's. Throws when it fails. */
type Build = (root: string) => Said;

function builder(folder: string): Build {
  return (root) => {
    // As on a machine that Astro has never run on: the first time it would tell of its telemetry.
    const fresh = mkdtempSync(join(tmpdir(), 'course-home-'));
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, OUT_DIR: folder, NODE_ENV: 'production', XDG_CONFIG_HOME: fresh },
    });
    rmSync(fresh, { recursive: true, force: true });
    if (status !== 0) throw new Error(`The site does not build:\n${stdout}\n${stderr}`);
    return { stdout, stderr };
  };
}

/**
 * `SITE_FOLDER` names a site that is built already, for work on a single test. `SHARED_SITE` names a folder of `npm test`,
 * which removes it: the first suite builds into it and leaves beside the site what the build said, for those after it.
 */
export function provideSite(
  to: TestProject,
  { name, courseRoot }: { readonly name: string; readonly courseRoot: string },
  make: (build: Build) => Said,
): (() => void) | undefined {
  const given = process.env['SITE_FOLDER'];
  to.provide('courseRoot', courseRoot);
  to.provide('buildOutput', undefined);
  if (given !== undefined) {
    to.provide('siteFolder', given);
    return undefined;
  }
  const shared = process.env['SHARED_SITE'];
  const own = shared ?? mkdtempSync(join(tmpdir(), 'course-site-'));
  const [folder, note] = [join(own, name), join(own, `${name}.json`)];
  to.provide('siteFolder', folder);
  if (existsSync(note)) {
    to.provide('buildOutput', JSON.parse(readFileSync(note, 'utf8')) as Said);
    return undefined;
  }
  const remove = (): void => {
    if (shared === undefined) rmSync(own, { recursive: true, force: true });
  };
  try {
    const said = make(builder(folder));
    to.provide('buildOutput', said);
    if (shared !== undefined) writeFileSync(note, JSON.stringify(said));
  } catch (error) {
    remove();
    throw error;
  }
  return remove;
}
