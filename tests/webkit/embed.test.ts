/** A cell in the page of another site, in WebKit: it takes the place of its text, and runs what this engine can run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveForeign } from '../browser/support/foreign.ts';
import { missing, openWebKit, type WebKitPage } from './support/webkit.ts';

const body = `<py-cell mode="notebook" title="A cell"><pre>
print("in WebKit")
6 * 7
</pre></py-cell>`;

describe.skipIf(missing)('an embedded cell in WebKit', () => {
  let open: WebKitPage;
  beforeAll(async () => {
    open = await openWebKit();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const frameHeight = () =>
    open.driver.evaluate(
      () =>
        document.querySelector('py-cell')?.shadowRoot?.querySelector<HTMLElement>('iframe:not(.waits)')?.offsetHeight ??
        0,
    );

  it('runs, prints, and grows', async () => {
    await using foreign = await serveForeign(open.site, body);
    await open.driver.goto(foreign.address);
    await expect.poll(frameHeight).toBeGreaterThan(100);
    const before = await frameHeight();
    await open.driver.enterFrame(() => document.querySelector('py-cell')?.shadowRoot?.querySelector('iframe'));
    expect(await open.texts('.cell-name')).toEqual(['A cell']);
    await open.press('[data-action="run"]');
    await expect
      .poll(() => open.texts('.cell-provenance'), { timeout: 100_000 })
      .toEqual([expect.stringContaining('Ran here')]);
    expect(await open.texts('.out')).toEqual(['in WebKit\n', '42\n']);
    await open.driver.enterFrame();
    await expect.poll(frameHeight).toBeGreaterThan(before + 50);
  });

  it('stands as text where the page forbids the frame', async () => {
    const policy = `script-src ${open.site.origin}; frame-src 'none'`;
    await using foreign = await serveForeign(open.site, body, { headers: { 'content-security-policy': policy } });
    await open.driver.goto(foreign.address);
    const text = (selector: string) =>
      open.driver.evaluate(
        (selector) => document.querySelector('py-cell')?.shadowRoot?.querySelector(selector)?.textContent,
        selector,
      );
    await expect.poll(() => text('.note')).toContain('does not answer');
    expect(await text('.text')).toBe('print("in WebKit")\n6 * 7');
  });
});
