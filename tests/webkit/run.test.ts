/** Python in WebKit: plain cells run; what needs threads runs where the engine can suspend Python, else it says why not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestLink } from '../browser/support/links.ts';
import { blocks, buttonOf, cellAt, ended, give, run } from './support/cells.ts';
import { readComplaints } from './support/complaints.ts';
import { recordedOutput } from './support/recorded.ts';
import { missing, openWebKit, widths, type WebKitPage } from './support/webkit.ts';

const plain = 'what-python-executes/';
const threaded = 'threading-thread/';
const exercise = 'py-exercise[id="result-thread"]';

describe.skipIf(missing)('in WebKit', () => {
  let open: WebKitPage;
  beforeAll(async () => {
    open = await openWebKit();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const says = (id: string, text: string) =>
    expect.poll(() => open.texts(cellAt(id)), { timeout: 100_000 }).toEqual([expect.stringContaining(text)]);
  const canSuspend = () => open.driver.evaluate(() => 'Suspending' in WebAssembly);

  describe('a plain cell', () => {
    it.each(widths)('runs at %i px and prints what was recorded', async (width) => {
      await open.open(plain, width);
      const recorded = await blocks(open, 'cache-edges');
      expect(recorded.length).toBeGreaterThan(0);
      await run(open, 'cache-edges');
      await says('cache-edges', 'Ran here');
      expect(await blocks(open, 'cache-edges')).toEqual(recorded);
    });

    it('shows an error with its traceback', async () => {
      await give(open, 'not-callable', 'print("so far")\n1 / 0');
      await run(open, 'not-callable');
      const shown = await blocks(open, 'not-callable');
      expect(shown.map(([kind]) => kind)).toEqual(['stdout', 'error']);
      expect(shown[1]?.[1]).toMatch(/^Traceback[\s\S]*line 2[\s\S]*ZeroDivisionError: division by zero\n$/);
    });

    it('awaits at top level', async () => {
      await give(open, 'lookup-on-type', 'import asyncio\nawait asyncio.sleep(0.01, "awake")');
      await run(open, 'lookup-on-type');
      expect(await blocks(open, 'lookup-on-type')).toEqual([['result', "'awake'\n"]]);
    });

    it('is stopped in an endless loop, and the next one runs', async () => {
      await give(open, 'nan', 'print("started")\nwhile True: pass');
      await give(open, 'immortal', '6 * 7');
      await open.press(buttonOf('nan', 'run'));
      await says('nan', 'started');
      await open.press(buttonOf('nan', 'stop'));
      await ended(open, 'nan');
      await run(open, 'immortal');
      expect(await blocks(open, 'immortal')).toEqual([['result', '42\n']]);
    });
  });

  it('opens the longest link, whose code waits for Run', async () => {
    await open.open(`playground/${longestLink('6 * 7', 'notebook')}`);
    await says('notebook', 'It runs when you press Run.');
    expect(await blocks(open, 'notebook')).toEqual([]);
    await run(open, 'notebook');
    expect(await blocks(open, 'notebook')).toEqual([['result', '42\n']]);
  });

  describe('what needs threads', () => {
    const needy = 'py-cell[data-needs]:not([data-use])';

    it('runs where the engine can suspend Python; where it cannot, the recorded output stays, with the reason', async () => {
      await open.open(threaded);
      const recorded = recordedOutput('threading-thread', 'late-binding');
      const shown = async () => (await blocks(open, 'late-binding')).map(([, text]) => text).join('');
      expect(await shown()).toBe(recorded);
      if (await canSuspend()) {
        await run(open, 'late-binding');
        await says('late-binding', 'Ran here');
      } else {
        await expect
          .poll(() => open.texts(`${cellAt('late-binding')} .cell-reason`))
          .toEqual([
            expect.stringMatching(
              /^Recorded only in this browser: it starts threads \(threading\.Thread\), which needs .* \(JSPI\); .*Safari from 27/,
            ),
          ]);
        expect(await open.shown(`${cellAt('late-binding')} .cell-reason`)).toBe(true);
        expect(await shown()).toBe(recorded);
      }
    });

    it.each(widths)('has at %i px no button that cannot act', async (width) => {
      await open.open(threaded, width);
      const cells = await open.driver.evaluate((needy) => document.querySelectorAll(needy).length, needy);
      expect(cells).toBeGreaterThan(20);
      const counts = () =>
        open.driver.evaluate((needy) => {
          const count = (inside: string) => document.querySelectorAll(`${needy} ${inside}`).length;
          return { reasons: count('.cell-reason'), runs: count('[data-action="run"]') };
        }, needy);
      await expect
        .poll(counts)
        .toEqual((await canSuspend()) ? { reasons: 0, runs: cells } : { reasons: cells, runs: 0 });
    });

    it('of an exercise is checked where the engine can suspend Python, else its button says why it is not', async () => {
      await open.open(threaded);
      await open.press(`${exercise} [data-exercise-action="check"]`);
      const said = (await canSuspend())
        ? /^(?!Cannot)/
        : /^Cannot be checked here\. Not in this browser: it is checked as a program of its own, /;
      await expect
        .poll(() => open.texts(`${exercise} .exercise-outcome`), { timeout: 100_000 })
        .toEqual([expect.stringMatching(said)]);
    });
  });

  it('does all that without a complaint', async () => {
    await open.open('');
    expect(await readComplaints(open.driver)).toEqual([]);
  });
});
