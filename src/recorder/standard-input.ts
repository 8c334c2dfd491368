/**
 * The command's own standard input, for the program that it runs.
 *
 * Invariant: nothing is read before the program asks, nothing that was read is lost, and a terminal whose typing was
 * hidden shows it again at the end.
 */
import { execFileSync } from 'node:child_process';

export class StandardInput {
  readonly kind: 'echoed' | 'pipe' = process.stdin.isTTY ? 'echoed' : 'pipe';
  #reading: Promise<string | null> | undefined;
  #asked = 0;
  #hidden = false;

  /** A line of a terminal with its end, or what a pipe holds now; null at the end. */
  async read(secret: boolean): Promise<string | null> {
    this.#asked += 1;
    const asked = this.#asked;
    if (secret) this.#echo(false);
    // What an earlier question did not wait for is the answer to this one.
    this.#reading ??= this.#next();
    const text = await this.#reading;
    if (asked === this.#asked) {
      this.#reading = undefined;
      this.show();
    }
    return text;
  }

  /** Shows again what is typed. */
  show(): void {
    if (this.#hidden) this.#echo(true);
  }

  #next(): Promise<string | null> {
    const { stdin } = process;
    const { promise, resolve, reject } = Promise.withResolvers<string | null>();
    const settle = () => {
      const text = stdin.read() as string | null;
      // At the end there is nothing to read, and `end` follows.
      if (text === null) return;
      stop();
      resolve(text);
    };
    const ended = () => {
      stop();
      resolve(null);
    };
    const failed = (reason: Error) => {
      stop();
      reject(reason);
    };
    const stop = () => {
      stdin.off('readable', settle).off('end', ended).off('error', failed);
    };
    stdin.setEncoding('utf8');
    if (stdin.readableEnded) return Promise.resolve(null);
    stdin.on('readable', settle).on('end', ended).on('error', failed);
    return promise;
  }

  #echo(on: boolean): void {
    this.#hidden = !on;
    if (this.kind === 'echoed')
      execFileSync('stty', [on ? 'echo' : '-echo'], { stdio: ['inherit', 'ignore', 'ignore'] });
  }

  [Symbol.dispose](): void {
    this.show();
    // A read that nobody waits for any more would keep the command alive.
    process.stdin.destroy();
  }
}
