/** Scenarios that were recorded on Linux, run in the kernel and compared, each as a test of its own. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import type { DriverOptions } from '../../src/recorder/driver/contract.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';

type Scenarios = Readonly<Record<string, readonly string[]>>;
type Browser = NonNullable<DriverOptions['browser']>;

/** Longer than all scenarios of a file take on a slow machine. */
const timeoutSeconds = 290;

async function seenIn(browser: Browser, source: string): Promise<Scenarios> {
  await using driver = await openDriver({ browser });
  const request = { mode: 'script', source, filename: 'programs.py', argv: [], clock: 1 } as const;
  const { events, end } = await driver.run(request, { timeoutSeconds });
  const printed = (wanted: string) =>
    events.flatMap((event) => (event.type === wanted && 'text' in event ? [event.text] : [])).join('');
  const errors = events.flatMap((event) => (event.type === 'error' ? [event.traceback] : []));
  if (end.outcome !== 'ok') throw new Error(`${end.outcome}: ${printed('stderr')}${errors.join('')}`);
  const stdout = printed('stdout');
  return (JSON.parse(stdout.slice(stdout.indexOf('{'))) as { readonly scenarios: Scenarios }).scenarios;
}

/**
 * `programs` is the Python file that sees every scenario and prints what it saw; `native` is what it saw on Linux. A browser that
 * the machine lacks is left out.
 */
export function compareWithLinux(programs: URL, native: Scenarios, browsers: readonly Browser[] = ['chromium']): void {
  const source = readFileSync(programs, 'utf8');
  const here = browsers.filter((name) => name === 'chromium' || findBrowser(name) !== undefined);
  describe.each(here)('in %s, as on Linux:', (browser) => {
    let seen: Scenarios = {};
    beforeAll(async () => {
      seen = await seenIn(browser, source);
    });

    it.each(Object.keys(native))('%s', (name) => {
      expect(seen[name]).toEqual(native[name]);
    });

    it('no scenario is left unrecorded', () => {
      expect(Object.keys(seen)).toEqual(Object.keys(native));
    });
  });
}
