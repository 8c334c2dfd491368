/**
 * marimo's export of a notebook for the browser. Its worker asks other hosts for Pyodide and for the packages that marimo is made
 * of; where one cannot be reached there is no figure, and the reason names it.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache, fromPyPI, run, told } from './install.ts';
import type { Peer } from './peer.ts';
import { firstLine, program } from './program.ts';
import { serve } from './serve.ts';
import { pypiVersions } from './versions.ts';

const indented = program
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n');
const notebook = `import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n${indented}\n    return\n`;

export const marimo: Peer = {
  name: 'marimo',
  async prepare() {
    const programs = fromPyPI('marimo', pypiVersions.marimo);
    const source = path.join(cache, 'marimo/notebook.py');
    const folder = path.join(cache, 'marimo/site');
    writeFileSync(source, notebook);
    rmSync(folder, { recursive: true, force: true });
    // It looks for uv, which is installed beside it.
    const found = process.env['PATH'] ?? '';
    process.env['PATH'] = `${programs}${path.delimiter}${found}`;
    run(
      path.join(programs, 'marimo'),
      ['-y', 'export', 'html-wasm', source, '-o', folder, '--mode', 'run', '-f'],
      path.dirname(source),
    );
    process.env['PATH'] = found;
    const site = await serve({ '/': folder });
    return {
      versions: told(pypiVersions.marimo),
      async start(page) {
        const began = performance.now();
        const elsewhere = new Promise<never>((_, reject) => {
          page.on('requestfailed', (request) => {
            const { hostname } = new URL(request.url());
            if (
              request.resourceType() !== 'font' &&
              request.resourceType() !== 'stylesheet' &&
              hostname !== '127.0.0.1'
            )
              reject(new Error(`It asks ${hostname}, which cannot be reached.`));
          });
        });
        await page.goto(site.home);
        await Promise.race([page.getByText(firstLine).first().waitFor(), elsewhere]);
        return { opened: performance.now() - began };
      },
      [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
    };
  },
};
