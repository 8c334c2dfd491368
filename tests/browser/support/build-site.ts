/** Builds the site once for a run of a suite, or of all suites, into a folder of its own; test files get its path injected. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built site. */
    siteFolder: string;
    /** What `npm run build` said; undefined for a site that was built before. */
    buildOutput: Said | undefined;
  }
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * `SITE_FOLDER` names a site that is built already, for work on a single test. `SHARED_SITE` names a folder of `npm test`,
 * which removes it: the first suite builds into it and leaves beside the site what the build said, for those after it.
 */
export default function setup(project: TestProject): (() => void) | undefined {
  const given = process.env['SITE_FOLDER'];
  project.provide('buildOutput', undefined);
  if (given !== undefined) {
    project.provide('siteFolder', given);
    return undefined;
  }
  const shared = process.env['SHARED_SITE'];
  const own = shared ?? mkdtempSync(join(tmpdir(), 'course-site-'));
  const [folder, note] = [join(own, 'site'), join(own, 'said.json')];
  if (existsSync(note)) {
    project.provide('buildOutput', JSON.parse(readFileSync(note, 'utf8')) as Said);
    project.provide('siteFolder', folder);
    return undefined;
  }
  // As on a machine that Astro has never run on: the first time it would tell of its telemetry.
  const fresh = mkdtempSync(join(tmpdir(), 'course-home-'));
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: join(import.meta.dirname, '../../..'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, OUT_DIR: folder, NODE_ENV: 'production', XDG_CONFIG_HOME: fresh },
  });
  rmSync(fresh, { recursive: true, force: true });
  if (status !== 0) {
    if (shared === undefined) rmSync(own, { recursive: true, force: true });
    throw new Error(`The site does not build:\n${stdout}\n${stderr}`);
  }
  project.provide('buildOutput', { stdout, stderr });
  project.provide('siteFolder', folder);
  if (shared !== undefined) {
    writeFileSync(note, JSON.stringify({ stdout, stderr }));
    return undefined;
  }
  return () => {
    rmSync(own, { recursive: true, force: true });
  };
}
