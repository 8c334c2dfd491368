/** Takes JavaScript Promise Integration away, from the page and from the kernel's workers, as older browsers lack it. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** Of Firefox: it then is as it was before it had it. */
export const withoutJspi = { 'javascript.options.wasm_js_promise_integration': false } as const;

const removal = 'for (const name of ["Suspending", "promising"]) Reflect.deleteProperty(WebAssembly, name);\n';

/** Chromium has no such switch any more. Call before the page is opened. */
export async function removeJspi(page: Page): Promise<void> {
  await page.addInitScript(removal);
  // Which does not reach workers: there the first script that looks for it takes it away itself.
  await page.route('**/runtime/pyodide.asm.*', async (route) => {
    const response = await route.fetch().catch(() => undefined);
    // A page that is closed meanwhile takes the answer along, or what has come of it.
    const body = await response?.body().catch(() => undefined);
    if (response === undefined || body === undefined) return;
    const script = gunzipSync(body);
    await route.fulfill({ response, body: gzipSync(Buffer.concat([Buffer.from(removal), script])) });
  });
}
