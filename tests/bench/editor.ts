/**
 * `npm run bench:editor [FOLDER]`: the editor of a built site against a plain CodeMirror page in the same browser: ready
 * after focus with a warm cache, keystroke to paint in 200 lines, an answer to a completion, memory over a hundred runs.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { aheadQuestion } from '../../src/protocol/question.ts';
import { bundleClassic } from '../../src/kernel/build/bundle.ts';
import { launchChromium } from '../browser/support/chromium.ts';
import { openKernelPage } from '../kernel/page.ts';
import { plainCells } from './site-cells.ts';

const folder = path.resolve(process.argv[2] ?? 'dist');
if (!existsSync(folder))
  throw new Error(`${folder} is not there: run npm run build first, or name the folder of a site.`);
const { chapter, ids } = await plainCells(folder, 1);
const id = ids[0] ?? '';
const rounds = 9;
const keystrokes = 60;
const source = Array.from({ length: 200 }, (_, n) => `value_${n} = [n * ${n} for n in range(${n}) if n % 2]`).join(
  '\n',
);

const plain = await bundleClassic(new URL('editor-plain.ts', import.meta.url));
const plainPage = `<!doctype html><meta charset="utf-8"><title>Plain</title><pre tabindex="0">${source}</pre><script>
document.querySelector('pre').addEventListener('focus', () => {
  document.head.append(Object.assign(document.createElement('script'), { src: '/plain.js' }));
}, { once: true });</script>`;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const type = types[path.extname(pathname)] ?? (pathname.endsWith('/') ? 'text/html' : 'application/octet-stream');
  // As a good host has it: what the next visit finds in the cache.
  const cache = type === 'text/html' ? 'no-cache' : 'max-age=31536000, immutable';
  const head = { 'content-type': type, 'cache-control': cache };
  if (pathname === '/plain/') response.writeHead(200, head).end(plainPage);
  else if (pathname === '/plain.js') response.writeHead(200, head).end(plain);
  else {
    const file = path.join(folder, path.normalize(pathname), pathname.endsWith('/') ? 'index.html' : '');
    if (!existsSync(file) || !statSync(file).isFile()) response.writeHead(404).end();
    else createReadStream(file).pipe(response.writeHead(200, head));
  }
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const shown = (values: readonly number[]) =>
  `median ${median(values).toFixed(1)} ms, worst ${Math.max(...values).toFixed(1)} ms`;

/** Milliseconds from the focus of the code to the frame in which its editor stands. */
const ready = (page: Page, selector: string) =>
  page.evaluate(async (code) => {
    const element = document.querySelector<HTMLElement>(code);
    const parent = element?.parentElement;
    if (!element || !parent) throw new Error(`The page has no ${code}.`);
    const there = new Promise<void>((resolve) => {
      new MutationObserver((_, observer) => {
        if (!parent.querySelector('.cm-content')) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          resolve();
        });
      }).observe(parent, { childList: true, subtree: true });
    });
    const start = performance.now();
    element.focus();
    await there;
    return performance.now() - start;
  }, selector);

/** Milliseconds from each key to the layout of its character: all the work that stands before the paint. */
async function typed(page: Page): Promise<readonly number[]> {
  const times = await page.evaluateHandle(() => {
    const measured: number[] = [];
    const content = document.querySelector('.cm-content');
    let start = 0;
    document.addEventListener('keydown', () => (start = performance.now()), true);
    content?.addEventListener('input', () => {
      // After the editor, which hears of the change in a microtask that waits already.
      queueMicrotask(() => {
        content.getBoundingClientRect();
        measured.push(performance.now() - start);
      });
    });
    return measured;
  });
  for (let n = 0; n < keystrokes; n += 1) await page.keyboard.press('x');
  return times.jsonValue();
}

const code = `py-cell[id="${id}"] pre.code`;

async function measureEditors(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const times = { ours: [] as number[], plain: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    await page.goto(`${origin}plain/`);
    const plainTime = await ready(page, 'pre');
    await page.goto(origin + chapter);
    await page.waitForSelector('py-cell:defined');
    const ourTime = await ready(page, code);
    // The first round fills the cache.
    if (round === 0) continue;
    times.plain.push(plainTime);
    times.ours.push(ourTime);
  }
  console.log(`ready after focus   ours ${shown(times.ours)}; plain ${shown(times.plain)}`);
  console.log(`                    ratio ${(median(times.ours) / median(times.plain)).toFixed(2)}; budget 300 ms`);

  await page.locator(`py-cell[id="${id}"] .cm-content`).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(source);
  await page.keyboard.press('Control+Home');
  const ours = await typed(page);
  await page.goto(`${origin}plain/`);
  await ready(page, 'pre');
  const others = await typed(page);
  console.log(`keystroke to paint  ours ${shown(ours)}; plain ${shown(others)}`);
  console.log(`                    ratio ${(median(ours) / median(others)).toFixed(2)}; budget 16 ms`);
  await page.close();
}

async function measureAnswers(): Promise<void> {
  await using kernel = await openKernelPage();
  await kernel.run('import threading, asyncio\nworker = threading.Thread()');
  const ahead = await kernel.page.evaluate(async (question) => {
    const start = performance.now();
    await window.driver.ask(question);
    return performance.now() - start;
  }, aheadQuestion);
  const times = await kernel.page.evaluate(async () => {
    const measured: number[] = [];
    for (let n = 0; n < 30; n += 1) {
      for (const paths of [[['worker']], [['asyncio']], []]) {
        const start = performance.now();
        const callee = [['threading', 'Thread']];
        const answer = await window.driver.ask({ kind: 'completions', namespace: 'chapter', of: paths, callee });
        if (answer?.kind !== 'completions' || answer.completions.length === 0) throw new Error('no answer');
        measured.push(performance.now() - start);
      }
    }
    return measured;
  });
  console.log(`asked ahead         ${ahead.toFixed(1)} ms, when nothing runs and nobody waits`);
  console.log(`completion answer   first ${(times[0] ?? NaN).toFixed(1)} ms; ${shown(times.slice(1))}; budget 100 ms`);
}

async function measureMemory(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(origin + chapter);
  const cell = page.locator(`py-cell[id="${id}"]`);
  await cell.locator('pre.code').click();
  await cell.locator('.cm-content').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('import gc\nprint("line\\n" * 100)\ngc.collect()\nlen(gc.get_objects())');
  const devtools = await page.context().newCDPSession(page);
  const use = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return { page: usedSize, python: Number(await cell.locator('.out.result').textContent()) };
  };
  const run = async (times: number) => {
    for (let n = 0; n < times; n += 1) {
      await cell.getByRole('button', { name: 'Run', exact: true }).click();
      await cell.and(page.locator('[data-state="done"]')).waitFor();
    }
  };
  await run(10);
  const early = await use();
  await run(90);
  const late = await use();
  console.log(
    `memory              page ${(early.page / 1e6).toFixed(2)} MB after 10 runs, ${(late.page / 1e6).toFixed(2)} MB after 100: ratio ${(late.page / early.page).toFixed(3)}; budget 1.10`,
  );
  console.log(
    `                    Python ${early.python} objects after 10 runs, ${late.python} after 100: ratio ${(late.python / early.python).toFixed(3)}; budget 1.10`,
  );
}

{
  await using browser = await launchChromium();
  await measureEditors(browser);
  await measureMemory(browser);
}
await measureAnswers();
server.closeAllConnections();
server.close();
