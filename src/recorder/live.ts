/** Runs cells in the kernel that readers get; a cell that continues the last one run goes on in its interpreter. */
import type { Cell } from '../protocol/cell.ts';
import type { Driver } from './driver/contract.ts';
import { runOf } from '../protocol/run.ts';
import type { CellRun } from './runner.ts';
import { judgeSchedule } from './pinned.ts';
import { Typist } from './typist.ts';

/** The driver is its owner's to close. */
export class LivePython {
  readonly #driver: Driver;
  /** What the interpreter's state comes from: the cells that ran in it, in order; a fresh one has none. */
  #ran: readonly string[] = [];
  #namespace = '';

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  async run(chapter: string, chain: readonly Cell[]): Promise<CellRun> {
    const keys = chain.map(({ id }) => `${chapter}/${id}`);
    const cell = chain.at(-1);
    // A program has an interpreter of its own: that of the cells stays as it is.
    if (cell?.options.mode === 'script') return await this.#runCell(cell);
    const wanted = keys.slice(0, -1);
    const continues = wanted.length > 0 && wanted.join() === this.#ran.join();
    let rest = chain.slice(-1);
    if (!continues) {
      // A new interpreter, not only a new namespace: counters of threads and tasks and patched modules start afresh too.
      if (this.#ran.length > 0) await this.#driver.restart();
      this.#ran = [];
      this.#namespace = chapter;
      rest = [...chain];
    }
    let result: CellRun | undefined;
    for (const each of rest) {
      this.#ran = [...this.#ran, `${chapter}/${each.id}`];
      result = await this.#runCell(each);
    }
    if (result === undefined) throw new TypeError('a chain without cells');
    return result;
  }

  async #runCell(cell: Cell): Promise<CellRun> {
    const { timeout, stdin } = cell.options;
    const typist = new Typist(stdin);
    const { events, end } = await this.#driver.run(runOf(cell, cell.source, this.#namespace), {
      timeoutSeconds: timeout,
      onInput: typist.answer,
    });
    return { events, end: judgeSchedule(cell, events, typist.judge(end)), producer: this.#driver.producer };
  }
}
