/**
 * What a page complains of: exceptions, files that do not come, what the policy refuses, errors and warnings on the console.
 *
 * WebKitGTK's driver tells nothing of the console, and a browser that is driven prints nothing of it. So each page gets
 * one script more, which runs before all others and keeps what it hears until it is asked, across pages of the tab.
 */
import type { WebDriver } from './web-driver.ts';

/** Runs in the page, and can use nothing from here. */
function listenInPage(): void {
  // WebKit gives up what still loads when a page is left, and the page hears of it: that is nothing to complain of.
  let left = false;
  addEventListener('beforeunload', () => {
    left = true;
  });
  const tell = (complaint: string): void => {
    if (left) return;
    const before = JSON.parse(sessionStorage.getItem('complaints') ?? '[]') as readonly string[];
    sessionStorage.setItem('complaints', JSON.stringify([...before, complaint]));
  };
  addEventListener(
    'error',
    (event: Event) => {
      if (event instanceof ErrorEvent) tell(`exception: ${event.message}`);
      else if (event.target instanceof Element) tell(`not loaded: ${event.target.outerHTML}`);
    },
    { capture: true },
  );
  addEventListener('unhandledrejection', ({ reason }) => {
    tell(`rejection: ${String(reason)}`);
  });
  document.addEventListener('securitypolicyviolation', (event) => {
    const { violatedDirective, blockedURI, target } = event;
    const place = target instanceof Element ? target.outerHTML.slice(0, 120) : event.sourceFile;
    tell(`policy: ${violatedDirective} refuses ${blockedURI} in ${place}`);
  });
  for (const level of ['error', 'warn'] as const) {
    const say = console[level].bind(console);
    console[level] = (...said: readonly unknown[]) => {
      tell(`console: ${said.map(String).join(' ')}`);
      say(...said);
    };
  }
}

export const listener = `(${listenInPage.toString()})();`;

/** All complaints of the site's pages since the browser was started. */
export async function readComplaints(driver: WebDriver): Promise<readonly string[]> {
  return JSON.parse(await driver.evaluate(() => sessionStorage.getItem('complaints') ?? '[]')) as readonly string[];
}
