/** PyScript with a script of its own in a page, which it runs when it is ready; its Pyodide is that of this project. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { project } from '../../browser/support/project-copy.ts';
import { cache, fromNpm, told } from './install.ts';
import type { Peer } from './peer.ts';
import { firstLine, program } from './program.ts';
import { serve } from './serve.ts';
import { npmVersions } from './versions.ts';

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>PyScript</title>
<link rel="stylesheet" href="/pyscript/core.css"><script type="module" src="/pyscript/core.js"></script>
<script type="py" config='{"interpreter": "/pyodide/pyodide.mjs"}'>
${program}
</script></html>`;

export const pyscript: Peer = {
  name: 'PyScript',
  async prepare() {
    const installed = fromNpm('pyscript', npmVersions.pyscript);
    const folder = path.join(cache, 'pyscript/site');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'index.html'), page);
    const site = await serve({
      '/': folder,
      '/pyscript/': path.join(installed, 'node_modules/@pyscript/core/dist'),
      '/pyodide/': path.join(project, 'node_modules/pyodide'),
    });
    return {
      versions: told(npmVersions.pyscript),
      async start(page) {
        const began = performance.now();
        // What a script prints goes to the console.
        const printed = page.waitForEvent('console', (message) => message.text().includes(firstLine));
        await page.goto(site.home);
        await printed;
        return { opened: performance.now() - began };
      },
      [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
    };
  },
};
