/**
 * The programs under a test in WebKitGTK: a screen in memory, and the driver that starts the browser on it.
 *
 * Invariant: a program that was started is ended with what is given back, or before the start rejects.
 */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { vi } from 'vitest';

class Program implements AsyncDisposable {
  readonly #child: ChildProcess;
  /** Rejects when the program ends, with what it said. */
  readonly ended: Promise<never>;

  constructor(command: string, args: readonly string[], options: SpawnOptions = {}) {
    this.#child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], ...options });
    let said = '';
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    this.ended = once(this.#child, 'close').then(([code, signal]: unknown[]) => {
      throw new Error(`${command} ended (${String(code ?? signal)}): ${said}`);
    });
    // Nobody need be waiting when it ends as it should.
    this.ended.catch(() => undefined);
  }

  /** What it writes to its fourth stream. */
  get report(): Readable {
    const stream = this.#child.stdio[3];
    if (!(stream instanceof Readable)) throw new Error('The program has no fourth stream.');
    return stream;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill();
    await this.ended.catch(() => undefined);
  }
}

export interface Running extends AsyncDisposable {
  /** Of a screen what `DISPLAY` is to be, of a driver the address without a final slash. */
  readonly name: string;
}

/** Width and height in pixels. The pointer rests in the middle: nothing moves it, since a driver presses without it. */
export const screenSize = { width: 1600, height: 2000 } as const;

/** A screen that nobody sees; the server chooses a number that is free. */
export async function startScreen(): Promise<Running> {
  await using resources = new AsyncDisposableStack();
  const screen = `${screenSize.width}x${screenSize.height}x24`;
  const options = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'];
  const server = resources.use(new Program('Xvfb', options));
  const [number] = await Promise.race([once(server.report, 'data') as Promise<[Buffer]>, server.ended]);
  const owned = resources.move();
  return { name: `:${number.toString().trim()}`, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** The driver does not tell which port it has chosen, so it is told one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function startDriver(path: string, env: NodeJS.ProcessEnv): Promise<Running> {
  await using resources = new AsyncDisposableStack();
  const port = await freePort();
  const name = `http://127.0.0.1:${port}`;
  const driver = resources.use(new Program(path, [`--port=${port}`], { env }));
  const answers = vi.waitFor(() => fetch(`${name}/status`), { timeout: 60_000 });
  await Promise.race([answers, driver.ended]);
  const owned = resources.move();
  return { name, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
