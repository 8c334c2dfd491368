/** The benchmark's page: from a click to the first line that Python prints, by our session and by Pyodide's own loader. */
import { Session } from '../../src/session/session.ts';

const source = 'print("hello")';

let cells: Session | undefined;

declare global {
  interface Window {
    /** Runs a cell, in the same interpreter each time, and gives what it has printed. */
    runCell(source: string): Promise<string>;
    /** Runs it in Pyodide as its own loader makes it, in the same interpreter each time, and gives the first line printed. */
    runStock(source: string): Promise<string>;
  }
}

window.runCell = async (source) => {
  cells ??= new Session({ runtime: new URL('runtime/', location.href) });
  const request = { mode: 'notebook', source, filename: 'cell.py', namespace: 'n', clock: 1 } as const;
  let printed = '';
  const end = await cells.run(request, (events) => {
    for (const event of events) if ('text' in event) printed += event.text;
  });
  if (end.outcome !== 'ok') throw new Error(`${printed} ${JSON.stringify(end)}`);
  return printed;
};

let stockWorker: Worker | undefined;

window.runStock = (source) => {
  const worker = (stockWorker ??= new Worker('stock-worker.js', { type: 'module' }));
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  worker.onmessage = ({ data }: MessageEvent<string>) => {
    resolve(data);
  };
  worker.onerror = (event) => {
    reject(new Error(event.message));
  };
  worker.postMessage(source);
  return promise;
};

/** Milliseconds from the click until the line is in the page's hands. */
async function ours(clicked: number): Promise<number> {
  const session = new Session({ runtime: new URL('runtime/', location.href) });
  const { promise, resolve } = Promise.withResolvers<number>();
  const request = { mode: 'notebook', source, filename: 'cell.py', namespace: 'n', clock: 1 } as const;
  const end = await session.run(request, () => {
    resolve(performance.now() - clicked);
  });
  if (end.outcome !== 'ok') throw new Error(JSON.stringify(end));
  const elapsed = await promise;
  session.close();
  return elapsed;
}

/** As Pyodide's documentation has it: a module worker that calls `loadPyodide` and posts what is printed. */
async function stock(clicked: number): Promise<number> {
  const worker = new Worker('stock-worker.js', { type: 'module' });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  worker.onmessage = () => {
    resolve(performance.now() - clicked);
  };
  worker.onerror = (event) => {
    reject(new Error(event.message));
  };
  worker.postMessage(source);
  const elapsed = await promise;
  worker.terminate();
  return elapsed;
}

const loaders = { ours, stock };

for (const [name, load] of Object.entries(loaders)) {
  const button = document.createElement('button');
  button.id = name;
  button.textContent = name;
  button.addEventListener('click', (event) => {
    load(event.timeStamp).then(
      (elapsed) => {
        button.dataset['elapsed'] = String(elapsed);
      },
      (reason: unknown) => {
        button.dataset['elapsed'] = `failed: ${String(reason)}`;
      },
    );
  });
  document.body.append(button);
}
