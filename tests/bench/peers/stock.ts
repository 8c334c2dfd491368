/** Pyodide by its own loader in a worker, as its documentation has it: no site around it. */
import pyodide from 'pyodide/package.json' with { type: 'json' };
import { serveBootPage } from '../boot-server.ts';
import type { Peer } from './peer.ts';
import { firstLine, program } from './program.ts';

export const stock: Peer = {
  name: 'stock Pyodide',
  async prepare() {
    const server = await serveBootPage();
    return {
      versions: `pyodide ${pyodide.version}`,
      async start(page) {
        const began = performance.now();
        await page.goto(server.address);
        const clicked = performance.now();
        const printed = await page.evaluate((source) => window.runStock(source), program);
        if (printed !== firstLine) throw new Error(printed);
        const ended = performance.now();
        return { opened: ended - began, clicked: ended - clicked };
      },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
};
