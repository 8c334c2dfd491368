/**
 * The sandbox frame's document: one inline script, and a policy that allows that script, blob workers and
 * WebAssembly, and no connection at all. The kernel's worker is a text inside that script.
 *
 * A `srcdoc` document is also under its page's policy, so the page must allow the same script by its hash
 * (`frameScriptHash`), `blob:` for scripts and workers, and `'wasm-unsafe-eval'`.
 */
import { createHash } from 'node:crypto';
import { bundleClassic } from './bundle.ts';

async function frameScript(): Promise<string> {
  const worker = await bundleClassic(new URL('../process/worker.ts', import.meta.url));
  const broker = await bundleClassic(new URL('../broker/worker.ts', import.meta.url));
  const code = await bundleClassic(new URL('../broker/frame.ts', import.meta.url), {
    KERNEL: JSON.stringify(worker),
    BROKER: JSON.stringify(broker),
  });
  // The document is HTML: nothing in the script may end its element.
  return code.replaceAll('</script', '<\\/script');
}

function hashOf(script: string): string {
  return `sha256-${createHash('sha256').update(script).digest('base64')}`;
}

/** The source expression of the frame's script, without quotes: `sha256-…`. */
export async function frameScriptHash(): Promise<string> {
  return hashOf(await frameScript());
}

export async function frameDocument(): Promise<{ readonly html: string; readonly hash: string }> {
  const script = await frameScript();
  const hash = hashOf(script);
  const policy = `default-src 'none'; script-src '${hash}' blob: 'wasm-unsafe-eval'; worker-src blob:; connect-src 'none'`;
  const html = [
    '<!doctype html><html lang="en"><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>Python</title><script>${script}</script>`,
  ].join('');
  return { html, hash };
}
