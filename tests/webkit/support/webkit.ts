/**
 * WebKitGTK on pages of the built site, for tests that press what a reader presses.
 *
 * Invariant: each opening has a screen, a driver, a profile and a server of its own, and ends all of them.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { findBrowser } from '../../../src/commands/browser.mjs';
import { serveSite, type Site } from '../../browser/support/site.ts';
import { listener } from './complaints.ts';
import { screenSize, startDriver, startScreen } from './programs.ts';
import { WebDriver } from './web-driver.ts';

/** The widths at which a page is looked at: a phone's and a desk's. */
export const widths = [390, 1280] as const;

export const missing = findBrowser('webkit') === undefined;
if (missing) {
  console.warn(
    'Skipped: there is no WebKit. Install the packages webkit2gtk-driver and xvfb, or set WEBKIT_DRIVER to a WebKitWebDriver.',
  );
}

/** Options of MiniBrowser, the browser that comes with WebKitGTK; `MiniBrowser --help-all` lists them. */
type BrowserOption = '--dark-mode' | '--enable-javascript=false';

export interface WebKitPage extends AsyncDisposable {
  readonly driver: WebDriver;
  readonly site: Site;
  /** Opens a page of the site in a window of this width. */
  open(path: string, width?: number): Promise<void>;
  /** Whether there is such an element, and a reader sees it. */
  shown(selector: string): Promise<boolean>;
  /** Presses the mouse on an element as soon as it is shown. */
  press(selector: string): Promise<void>;
  /** The text of each such element. */
  texts(selector: string): Promise<readonly string[]>;
}

/** The browser's window is as narrow as its row of buttons lets it be, which is wider than a phone. */
const narrowButtons = 'button { margin: 0; padding: 0; min-width: 0 }\nentry { padding: 0; min-width: 0 }\n';

function makeProfile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'course-webkit-'));
  mkdirSync(join(folder, 'gtk-3.0'));
  writeFileSync(join(folder, 'gtk-3.0', 'gtk.css'), narrowButtons);
  return folder;
}

/**
 * A screen without a window manager gives the keyboard to the window under the pointer. There the pointer is on the row
 * of buttons, so that nothing of the page is hovered over.
 */
const underPointer = (width: number) => ({ x: (screenSize.width - width) / 2, y: screenSize.height / 2 - 10 });

export async function openWebKit(...options: readonly BrowserOption[]): Promise<WebKitPage> {
  const program = findBrowser('webkit');
  if (program === undefined) throw new Error('No WebKit: set WEBKIT_DRIVER to the path of a WebKitWebDriver.');
  await using resources = new AsyncDisposableStack();
  const site = resources.use(await serveSite({ firstScript: listener }));
  const screen = resources.use(await startScreen());
  const profile = resources.adopt(makeProfile(), (folder) => {
    rmSync(folder, { recursive: true, force: true });
  });
  const folders = { XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile, XDG_DATA_HOME: profile };
  const started = await startDriver(program, { ...process.env, ...folders, DISPLAY: screen.name });
  resources.use(started);
  const capabilities = {
    'webkitgtk:browserOptions': { args: ['--automation', ...options] },
    // The limit of a test ends what hangs; on a busy machine a script may take longer than the driver's half minute.
    timeouts: { script: null },
  };
  const driver = resources.adopt(await WebDriver.start(started.name, capabilities), (session) => session.end());
  const shown = (selector: string): Promise<boolean> =>
    driver.evaluate(
      (selector) =>
        [...document.querySelectorAll(selector)].some((each) => each.checkVisibility({ visibilityProperty: true })),
      selector,
    );
  const owned = resources.move();
  return {
    driver,
    site,
    shown,
    async open(path, width = 1280) {
      await driver.placeWindow({ ...underPointer(width), width, height: 900 });
      await driver.goto(site.url(path));
      expect(await driver.evaluate(() => innerWidth)).toBe(width);
    },
    async press(selector) {
      const isShown = async (): Promise<void> => {
        expect(await shown(selector), `${selector} is shown`).toBe(true);
      };
      await vi.waitFor(isShown, { timeout: 30_000 });
      // The driver takes the window's height for the page's, and would press below the page's end.
      await driver.evaluate((selector) => {
        const element = document.querySelector(selector);
        if ((element?.getBoundingClientRect().bottom ?? 0) > innerHeight) element?.scrollIntoView({ block: 'center' });
      }, selector);
      await driver.click(selector);
    },
    texts: (selector) =>
      driver.evaluate((selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent), selector),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
