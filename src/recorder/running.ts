/** Says on a terminal which cell runs and for how long; elsewhere only of a cell that takes long. */
import type { Chapter } from '../chapters/chapter.ts';

/** Seconds after which a cell that is still running is told of where lines cannot be written over. */
const patience = [5, 15, 30, 60, 120, 240, 480];

/** Runs `work`, and tells of it while it lasts. `of` counts what is run: the third of twelve. */
export async function whileRunning<T>(
  chapter: Chapter,
  id: string,
  of: { readonly number: number; readonly all: number },
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const terminal = process.stderr.isTTY;
  const left = [...patience];
  const show = (): void => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    const words = `… ${of.number} of ${of.all}: ${chapter.folder}/${id} runs, ${seconds} s`;
    if (terminal) process.stderr.write(`\r\x1b[K${words}`);
    else if (seconds >= (left[0] ?? Infinity)) {
      while (seconds >= (left[0] ?? Infinity)) left.shift();
      process.stderr.write(`${words}\n`);
    }
  };
  show();
  const timer = setInterval(show, 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (terminal) process.stderr.write('\r\x1b[K');
  }
}
