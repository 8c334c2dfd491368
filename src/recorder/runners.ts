/** Opens what cells need when the first one needs it: a browser for live cells, the named interpreter for native ones. */
import type { Cell } from '../protocol/cell.ts';
import type { Driver } from './driver/contract.ts';
import { openDriver } from './driver/open.ts';
import { LivePython } from './live.ts';
import { NativePython } from './native/native-python.ts';
import type { CellRun, Runner } from './runner.ts';

export class Runners implements Runner {
  readonly #native: NativePython | undefined;
  #driver: Promise<Driver> | undefined;
  #live: LivePython | undefined;

  /** `nativeCommand` as in NATIVE_PYTHON; without it native cells cannot be run. */
  constructor(nativeCommand: string | undefined) {
    this.#native = nativeCommand === undefined ? undefined : new NativePython(nativeCommand);
  }

  canRun({ options }: Cell): boolean {
    return options.native === undefined || this.#native !== undefined;
  }

  async run(chapter: string, chain: readonly Cell[]): Promise<CellRun> {
    if (chain.at(-1)?.options.native !== undefined) {
      if (this.#native === undefined) throw new TypeError('a native cell without NATIVE_PYTHON');
      return await this.#native.run(chapter, chain);
    }
    this.#live ??= new LivePython(await this.driver());
    return await this.#live.run(chapter, chain);
  }

  /** The browser in which live cells run and exercises are judged; opened when it is first asked for. */
  driver(): Promise<Driver> {
    this.#driver ??= openDriver();
    return this.#driver;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const driver = await this.#driver?.catch(() => undefined);
    await driver?.[Symbol.asyncDispose]();
  }
}
