/**
 * Runs a worker of Node until it has given its answer, and throws it away.
 * Invariant: the worker has ended when the promise is settled.
 */
import { Worker } from 'node:worker_threads';

interface Asked<Message, Answer> {
  readonly script: URL;
  /** What the worker finds in `workerData`. */
  readonly order: unknown;
  /** The answer in a message; undefined for a message that is none. */
  readonly answerIn: (message: Message) => Answer | undefined;
  /** For an interpreter that nothing can interrupt any more: after so many milliseconds this is the answer. */
  readonly limit?: { readonly milliseconds: number; readonly answer: Answer } | undefined;
}

/** Rejects if the worker fails or leaves without an answer. */
export async function oneAnswer<Message, Answer>({
  script,
  order,
  answerIn,
  limit,
}: Asked<Message, Answer>): Promise<Answer> {
  const worker = new Worker(script, { workerData: order });
  let watch: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Answer>((resolve, reject) => {
      if (limit !== undefined) {
        watch = setTimeout(() => {
          resolve(limit.answer);
        }, limit.milliseconds);
      }
      worker.on('message', (message: Message) => {
        const answer = answerIn(message);
        if (answer !== undefined) resolve(answer);
      });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        reject(new Error(`the worker left with ${String(code)}`));
      });
    });
  } finally {
    clearTimeout(watch);
    await worker.terminate();
  }
}
