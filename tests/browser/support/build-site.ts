/** Builds the site once for a run of the browser suite, into a folder of its own; test files get its path injected. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built site. */
    siteFolder: string;
  }
}

/** `SITE_FOLDER` names a site that is built already, for work on a single test. */
export default function setup(project: TestProject): (() => void) | undefined {
  const given = process.env['SITE_FOLDER'];
  if (given !== undefined) {
    project.provide('siteFolder', given);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'course-site-'));
  const astro = join(import.meta.dirname, '../../../node_modules/.bin/astro');
  try {
    execFileSync(astro, ['build'], { env: { ...process.env, OUT_DIR: folder, NODE_ENV: 'production' }, stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`The site does not build:\n${output}`, { cause: error });
  }
  project.provide('siteFolder', folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
