/** Exercises of the built site, answered as a reader answers them: by pointer, by keyboard, rightly and wrongly. */
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSnapshot } from '../../src/chapters/snapshots.ts';
import { printedText } from '../../src/protocol/printed-text.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { courseRoot } from './support/course.ts';
import { replaceCode } from './support/editing.ts';
import { exerciseOf, outcome, states } from './support/exercises.ts';

const axeSource = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const first = 'concurrency-vs-parallelism';
const fourth = 'generator-concurrency';
const classify = exerciseOf(first, 'classify', 'write');
const schedules = exerciseOf(first, 'four-schedules', 'predict');
const order = exerciseOf(fourth, 'order-sleep', 'order');
const model = exerciseOf(first, 'first-model', 'choose');

let open: CellPage;
const exercise = (id: string): Locator => open.page.locator(`py-exercise[id="${id}"]`);
const codeOf = (id: string): Locator => open.cell(`${id}-code`);

async function violations(): Promise<readonly string[]> {
  // The page's policy lets no script in; the test's own comes by the protocol.
  await open.page.evaluate(axeSource);
  return open.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document.querySelectorAll('py-exercise') as unknown as Element[]);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

async function check(id: string): Promise<void> {
  await exercise(id).getByRole('button', { name: 'Check', exact: true }).click();
  await outcome(exercise(id)).waitFor();
}

async function stateWord(id: string): Promise<string | undefined> {
  const word = exercise(id).locator('.exercise-state');
  return (await word.isVisible()) ? ((await word.textContent()) ?? '') : undefined;
}

/** Waits until a page that was loaded anew has put back what was kept: its script for that comes after the page's load. */
async function solvedBefore(id: string): Promise<void> {
  await expect.poll(() => stateWord(id)).toBe('Solved');
}

describe('an exercise to write code', () => {
  beforeAll(async () => {
    open = await openChapter(`${first}/`);
  });
  afterAll(() => open[Symbol.asyncDispose]());

  it('says calmly that nothing has been changed yet, with what fails folded away, and counts no attempt', async () => {
    await check('classify');
    expect(await outcome(exercise('classify')).innerText()).toBe(
      'This is still the code that the exercise begins with: 0 of 8 checks pass. Change it, then check again.',
    );
    expect(await exercise('classify').locator('.check-word').allInnerTexts()).toEqual(
      classify.checks.map(() => 'Not yet'),
    );
    const details = exercise('classify').locator('.check-details');
    expect(await details.count()).toBe(8);
    expect(await details.filter({ visible: true }).count()).toBe(0);
    const colours = await exercise('classify')
      .locator('.check-word, .exercise-outcome')
      .evaluateAll((all) => {
        const probe = document.createElement('i');
        probe.style.color = 'var(--mark-error)';
        document.body.append(probe);
        const red = getComputedStyle(probe).color;
        probe.remove();
        return all
          .flatMap((each) => [getComputedStyle(each).color, getComputedStyle(each).borderLeftColor])
          .includes(red);
      });
    expect(colours).toBe(false);
    expect(await violations()).toEqual([]);
    await exercise('classify').locator('.check-fold > summary').first().press('Enter');
    expect(await details.filter({ visible: true }).count()).toBe(1);
    expect(await open.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('progress')))).toEqual(
      [],
    );
  });

  it('tells of each check whether it passes, with expected and actual of the first that fails', async () => {
    await replaceCode(codeOf('classify'), 'def classify(wall, cpu):\n    pass\n');
    await check('classify');
    expect(await outcome(exercise('classify')).innerText()).toBe('0 of 8 checks pass.');
    const details = exercise('classify').locator('.check-details');
    expect(await details.filter({ visible: true }).count()).toBe(1);
    expect(await exercise('classify').locator('[data-check]').first().locator('.check-details').isVisible()).toBe(true);
    const failed = exercise('classify').locator('[data-check="test_half_and_half"]');
    expect(await failed.innerText()).toContain('Failed');
    await failed.locator('.check-fold > summary').click();
    expect(await failed.locator('.check-details').innerText()).toMatch(
      /classify\(4\.0, 2\.0\) is None, and should be 'mixed'\. A function that ends without a value returns None\./,
    );
    expect(await stateWord('classify')).toBeUndefined();
    expect(await violations()).toEqual([]);
  });

  it.each(classify.wrong.map((wrong) => [wrong.fails, wrong] as const))(
    'fails the wrong answer for %s there first, with its reason',
    async (fails, { source, why }) => {
      await replaceCode(codeOf('classify'), source);
      await check('classify');
      const names = classify.checks.map(({ name }) => name);
      const at = (await states(exercise('classify'))).indexOf('failed');
      expect(names[at]).toBe(fails);
      const said = await exercise('classify').locator(`[data-check="${fails}"] .check-cause`).allInnerTexts();
      expect(said).toContain(`Often: ${why.replaceAll('`', '')}`);
    },
  );

  it('says where the code itself fails, and what it printed', async () => {
    await replaceCode(codeOf('classify'), 'print("so far")\nclasify = 1 / 0\n');
    await check('classify');
    const said = await outcome(exercise('classify')).innerText();
    expect(said).toContain('Your code itself did not run to its end');
    expect(said).toContain('classify.py", line 2');
    expect(said).toContain('ZeroDivisionError: division by zero');
    expect(said).toContain('so far');
    expect(await states(exercise('classify'))).toEqual(classify.checks.map(() => 'not-run'));
    await outcome(exercise('classify')).getByRole('link').click();
    await expect.poll(() => codeOf('classify').locator('.cm-foundLine').textContent()).toBe('clasify = 1 / 0');
  });

  it('shows hints one after the other', async () => {
    const hints = exercise('classify').locator('.exercise-hint');
    expect(await hints.nth(1).isVisible()).toBe(false);
    await hints.nth(0).locator('summary').click();
    expect(await hints.nth(1).isVisible()).toBe(true);
  });

  it('shows the solution beside the reader’s own code with what differs', async () => {
    await replaceCode(codeOf('classify'), 'def classify(wall, cpu):\n    return "mine"\n');
    await exercise('classify').locator('.exercise-solution > summary').click();
    const diff = exercise('classify').locator('.solution-diff');
    await diff.locator('.cm-changedText').first().waitFor();
    expect(await diff.innerText()).toContain('return "mine"');
    expect(await diff.innerText()).toContain('share = cpu / wall');
    expect(await exercise('classify').locator('.exercise-explanation').isVisible()).toBe(true);
    expect(await violations()).toEqual([]);
  });

  it('is solved by the solution, says so once, and still says so on the next visit', async () => {
    await replaceCode(codeOf('classify'), classify.solution);
    await check('classify');
    expect(await states(exercise('classify'))).toEqual(classify.checks.map(() => 'passed'));
    expect(await stateWord('classify')).toBe('Solved');
    // It is spoken with the next frame, which may come after the outcome is seen.
    await expect
      .poll(() => open.page.locator('body > [role="status"]').innerText())
      .toBe('Solved: every check passes.');
    expect(await violations()).toEqual([]);
    const kept = await open.page.evaluate(() =>
      Object.entries(localStorage).filter(([key]) => key.startsWith('course-progress / ')),
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]?.[0]).toBe(`course-progress / ${first}/classify`);
    expect(JSON.parse(String(kept[0]?.[1]))).toMatchObject({
      format: 1,
      solved: expect.stringMatching(/^20/) as string,
    });
    await open.page.reload();
    await solvedBefore('classify');
  });

  it('is no part of running all cells', async () => {
    expect(await codeOf('classify').locator('[data-action="run-all"]').count()).toBe(0);
  });
});

describe('a verdict', () => {
  beforeAll(async () => {
    open = await openChapter('shared-state-and-synchronization/');
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const bank = 'bank-transfer';
  const { solution, wrong } = exerciseOf('shared-state-and-synchronization', bank, 'write');
  const checked = wrong.find(({ fails }) => fails === 'test_thousand_schedules')?.source ?? '';
  const age = () => exercise(bank).locator('.outcome-age');
  const firstFailure = () => exercise(bank).locator('[data-check][data-state="failed"]').first();

  it('of an answer with two mistakes is true of both', async () => {
    const naive =
      'def transfer(source, target, amount):\n    with source.lock, target.lock:\n        source.balance -= amount\n';
    await replaceCode(codeOf(bank), naive);
    await check(bank);
    expect(await exercise(bank).locator('.check-cause').allInnerTexts()).not.toContainEqual(
      expect.stringContaining('order is right'),
    );
  });

  it('shows step by step the schedule that broke the answer', async () => {
    await replaceCode(codeOf(bank), checked);
    await check(bank);
    const story = await firstFailure().locator('.check-message').innerText();
    expect(story).toMatch(
      /^Schedule \d+ ends in a deadlock; account 1 has 100 and account 2 has 100\.\n1\. Thread [12] /,
    );
    expect(story.match(/^\d+\. Thread [12] waits for the lock of account [12]\.$/gmu)).toHaveLength(2);
  });

  it('is dimmed and says that it is older once the code has changed, until that is put back or checked', async () => {
    await replaceCode(codeOf(bank), `${solution}# more\n`);
    await age().waitFor();
    expect(await age().innerText()).toBe('Of the code before the edit: check again.');
    const colours = await exercise(bank)
      .locator('[data-check], .check-word')
      .evaluateAll((words) => [...new Set(words.map((word) => getComputedStyle(word).color))]);
    expect(colours).toHaveLength(1);
    expect(await violations()).toEqual([]);
    await replaceCode(codeOf(bank), checked);
    await expect.poll(() => age().count()).toBe(0);
    await replaceCode(codeOf(bank), `${solution}# more\n`);
    await age().waitFor();
    await check(bank);
    await expect.poll(() => outcome(exercise(bank)).innerText()).toBe('Solved: every check passes.');
    expect(await age().count()).toBe(0);
  });

  it('stands beside a comparison with the solution that follows the code', async () => {
    await exercise(bank).locator('.exercise-solution > summary').click();
    const mine = exercise(bank).locator('.solution-diff .cm-deletedLine');
    await expect.poll(async () => (await mine.allTextContents()).join()).toContain('# more');
    await replaceCode(codeOf(bank), `${solution}# another\n`);
    await expect.poll(async () => (await mine.allTextContents()).join()).toContain('# another');
    expect((await mine.allTextContents()).join()).not.toContain('# more');
    // In the component that the word Edited opens.
    expect(await exercise(bank).locator('.solution-diff .cm-editor').count()).toBe(1);
  });
});

describe('a check that hangs', () => {
  it('is ended, says where it was, and the checks after it run; Stop ends the rest', async () => {
    await using page = await openChapter(`${first}/`);
    open = page;
    const hanging = classify.solution.replace(
      '    if wall <= 0:',
      '    while wall == 4.0:\n        pass\n    if wall <= 0:',
    );
    await replaceCode(codeOf('classify'), hanging);
    await check('classify');
    expect(await outcome(exercise('classify')).innerText()).toBe('7 of 8 checks pass.');
    expect(await states(exercise('classify'))).toEqual(
      classify.checks.map(({ name }) => (name === 'test_half_and_half' ? 'failed' : 'passed')),
    );
    const said = await exercise('classify').locator('[data-check="test_half_and_half"] .check-details').innerText();
    expect(said).toContain('did not come to its end within 5 s');
    expect(said).toContain('in classify');

    await replaceCode(codeOf('classify'), 'while True: pass\n');
    await exercise('classify').getByRole('button', { name: 'Check', exact: true }).click();
    await codeOf('classify')
      .getByText(/^Checking/)
      .waitFor();
    await codeOf('classify').getByRole('button', { name: 'Stop', exact: true }).click();
    await outcome(exercise('classify')).waitFor();
    expect(await outcome(exercise('classify')).innerText()).toBe('Stopped: 8 of 8 checks did not run.');
  });
});

describe('the other kinds', () => {
  beforeAll(async () => {
    open = await openChapter(`${first}/`, { viewport: { width: 390, height: 800 } });
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const prediction = () => exercise('four-schedules').getByRole('textbox', { name: /^Your prediction/ });
  const press = (id: string, name: string) => exercise(id).getByRole('button', { name, exact: true }).click();
  const age = (id: string) => exercise(id).locator('.outcome-age');
  const rightOutput = () => {
    const read = readSnapshot(courseRoot, '01-concurrency-vs-parallelism', schedules.cell);
    return read.state === 'present' ? printedText(read.snapshot.events) : '';
  };
  const lineMarks = () => exercise('four-schedules').locator('.predicted > li').allInnerTexts();

  it('predict: a wrong prediction is marked line by line, told why, and may be mended before the output shows', async () => {
    const cell = open.cell(schedules.cell);
    expect(await cell.locator('.cell-output').isVisible()).toBe(false);
    expect(await cell.getByRole('button', { name: 'Run', exact: true }).isVisible()).toBe(false);
    await press('four-schedules', 'Compare');
    expect(await outcome(exercise('four-schedules')).innerText()).toBe('Write down what it prints, then compare.');
    const wrong = schedules.wrong[1];
    await prediction().fill(wrong?.text ?? '');
    await press('four-schedules', 'Compare');
    await expect.poll(() => lineMarks()).toHaveLength(4);
    const right = rightOutput().split('\n');
    const mine = (wrong?.text ?? '').trimEnd().split('\n');
    expect(await lineMarks()).toEqual(mine.map((line, at) => `${line}\n${line === right[at] ? 'right' : 'not right'}`));
    const said = await outcome(exercise('four-schedules')).innerText();
    expect(said).toMatch(/^Not what it prints: [123] of 4 lines right\. Try again, or show the output\./);
    expect(said).toContain(wrong?.why.replaceAll('`', ''));
    expect(await cell.locator('.cell-output').isVisible()).toBe(false);
    expect(await exercise('four-schedules').locator('.exercise-solution').getAttribute('open')).toBeNull();
    expect(await stateWord('four-schedules')).toBeUndefined();
    expect(await violations()).toEqual([]);
  });

  it('predict: what was said is as old as what was predicted', async () => {
    const before = await prediction().inputValue();
    await prediction().fill(`${before}more\n`);
    await age('four-schedules').waitFor();
    expect(await age('four-schedules').innerText()).toBe('Of the prediction before: compare again.');
    const colours = await exercise('four-schedules')
      .locator('.predicted > li, .predicted-word')
      .evaluateAll((marks) => [...new Set(marks.map((mark) => getComputedStyle(mark).color))]);
    expect(colours).toHaveLength(1);
    expect(await violations()).toEqual([]);
    await prediction().fill(before);
    await expect.poll(() => age('four-schedules').count()).toBe(0);
  });

  it('predict: a prediction that is mended solves it, and the cell is a cell like any other', async () => {
    await prediction().fill(`\n${rightOutput()}`);
    await press('four-schedules', 'Compare');
    await expect.poll(() => stateWord('four-schedules')).toBe('Solved');
    expect(await lineMarks()).toEqual([]);
    await open.run(schedules.cell);
    expect(await open.cell(schedules.cell).locator('.cell-provenance').textContent()).toMatch(/^Ran here/);
  });

  it('predict: the output shows on demand, and the prediction stands marked beside it', async () => {
    await open.page.reload();
    await prediction().fill('one_by_one 6\nall_together 99\n');
    await press('four-schedules', 'Show the output');
    await open.cell(schedules.cell).locator('.cell-output').waitFor();
    expect(await lineMarks()).toEqual(['one_by_one 6\nright', 'all_together 99\nnot right']);
    expect(await outcome(exercise('four-schedules')).innerText()).toContain('The output now stands below the code.');
  });

  const choices = () => exercise('first-model').locator('.choice');
  const words = () =>
    choices().evaluateAll((all) => all.map((one) => one.querySelector('.choice-word')?.textContent ?? ''));
  const pick = (at: number) => choices().nth(at).locator('input').check();
  const [good, bad] = [model.right.indexOf(true), model.right.indexOf(false)];

  it('choose: a wrong pick is marked, needs no reason, and may be mended before the answer shows', async () => {
    const here = exercise('first-model');
    expect(await here.locator('.choice-because').first().isVisible()).toBe(false);
    await press('first-model', 'Compare');
    expect(await outcome(here).innerText()).toBe('Choose first.');
    await pick(bad);
    await press('first-model', 'Compare');
    await expect.poll(() => outcome(here).innerText()).toBe('Not right. Try again, or show the answer.');
    expect(await words()).toEqual(model.right.map((_, at) => (at === bad ? 'Your pick: not right' : '')));
    expect(await here.locator('.choice-because[open]').count()).toBe(0);
    expect(await violations()).toEqual([]);
  });

  it('choose: what was said is as old as what was chosen', async () => {
    await pick(good);
    await age('first-model').waitFor();
    expect(await age('first-model').innerText()).toBe('Of the choice before: compare again.');
    await pick(bad);
    await expect.poll(() => age('first-model').count()).toBe(0);
  });

  it('choose: the answer marks every choice, and which one was picked', async () => {
    await press('first-model', 'Show the answer');
    await expect.poll(() => exercise('first-model').locator('.choice-because[open]').count()).toBe(model.right.length);
    expect(await words()).toEqual(
      model.right.map((right, at) => (at === bad ? 'Your pick: not right' : right ? 'Right' : 'Not right')),
    );
    expect(await stateWord('first-model')).toBeUndefined();
    expect(await violations()).toEqual([]);
  });

  it('choose: a right pick is solved with a reason or without, and the reason is kept', async () => {
    await open.page.reload();
    await pick(good);
    await press('first-model', 'Compare');
    await expect.poll(() => stateWord('first-model')).toBe('Solved');
    expect(await outcome(exercise('first-model')).innerText()).toBe('Right. Below each choice stands why.');
    expect((await words())[good]).toBe('Your pick: right');
    await exercise('first-model').getByRole('textbox').fill('Because.');
    await press('first-model', 'Compare');
    await expect
      .poll(() => outcome(exercise('first-model')).innerText())
      .toBe('Right. Compare your reason with what stands below each choice.');
    await open.page.reload();
    await solvedBefore('first-model');
    expect(await exercise('first-model').getByRole('textbox').inputValue()).toBe('Because.');
    expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

it('choose all that are right: says how many are missing, not which', async () => {
  await using page = await openChapter(`${first}/`);
  open = page;
  // The course has no such exercise yet: one with a single right choice is made into one, in the HTML that the build writes.
  await exercise('first-model').evaluate((element: HTMLElement) => {
    const inputs = element.querySelectorAll<HTMLInputElement>('.choice input');
    for (const input of inputs) input.type = 'checkbox';
    const right = [...inputs].map((_, at) => at !== 1);
    element.dataset['exercise'] = JSON.stringify({ kind: 'choose', right });
  });
  const here = exercise('first-model');
  const compare = () => here.getByRole('button', { name: 'Compare', exact: true }).click();
  const inputs = here.locator('.choice input');
  const count = await inputs.count();
  await inputs.nth(0).check();
  await inputs.nth(1).check();
  await compare();
  const missing = count - 2;
  await expect
    .poll(() => outcome(here).innerText())
    .toContain(missing === 1 ? 'One right choice is not among your picks.' : `${missing} right choices are not`);
  expect(await here.locator('.choice-word').allInnerTexts()).toEqual(['Your pick: right', 'Your pick: not right']);
  for (let at = 2; at < count; at++) await inputs.nth(at).check();
  await compare();
  await expect.poll(() => outcome(here).innerText()).toContain('Every right choice is among your picks, but not only');
  await inputs.nth(1).uncheck();
  await compare();
  await expect.poll(() => stateWord('first-model')).toBe('Solved');
});

describe('an order', () => {
  beforeAll(async () => {
    open = await openChapter(`${fourth}/`);
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const places = (): Promise<readonly number[]> =>
    exercise('order-sleep')
      .locator('[data-line]')
      .evaluateAll((items: HTMLElement[]) => items.map((item) => Number(item.dataset['line'])));

  /** Brings the lines into an order with the keyboard alone. */
  async function arrange(wanted: readonly number[]): Promise<void> {
    for (const [at, line] of wanted.entries()) {
      for (let now = (await places()).indexOf(line); now > at; now -= 1) {
        const up = exercise('order-sleep').locator(`[data-line="${line}"] [data-exercise-action="up"]`);
        await up.focus();
        await open.page.keyboard.press('Enter');
        await expect.poll(async () => (await places()).indexOf(line)).toBe(now - 1);
        expect(await up.evaluate((element) => element === document.activeElement)).toBe(true);
      }
    }
  }

  it('is mixed at first, names what is misplaced and why people put it so, and is solved by keyboard', async () => {
    const here = exercise('order-sleep');
    const right = order.lines.map((_, place) => place);
    expect(await places()).not.toEqual(right);
    const wrong = order.wrong[0];
    await arrange(wrong?.order ?? []);
    await here.getByRole('button', { name: 'Check', exact: true }).press('Enter');
    await outcome(here).waitFor();
    expect(await outcome(here).innerText()).toContain(wrong?.why.replaceAll('`', ''));
    expect(await here.locator('[data-state="failed"]').count()).toBeGreaterThan(0);
    expect(await violations()).toEqual([]);
    await arrange(right);
    expect(await here.locator('li[data-state]').count()).toBe(0);
    expect(await here.locator('.outcome-age').innerText()).toBe('Of the order before: check again.');
    await arrange(wrong?.order ?? []);
    expect(await here.locator('.outcome-age').count()).toBe(0);
    expect(await here.locator('[data-state="failed"]').count()).toBeGreaterThan(0);
    await arrange(right);
    await here.getByRole('button', { name: 'Check', exact: true }).press('Enter');
    await expect.poll(() => stateWord('order-sleep')).toBe('Solved');
  });

  it('follows a line that is dragged', async () => {
    const before = await places();
    const boxes = await exercise('order-sleep').locator('.order-grip').all();
    const from = await boxes[0]?.boundingBox();
    const to = await boxes[2]?.boundingBox();
    if (!from || !to) throw new Error('The lines have no grips.');
    await open.page.mouse.move(from.x + 8, from.y + from.height / 2);
    await open.page.mouse.down();
    for (let step = 1; step <= 10; step++) {
      await open.page.mouse.move(from.x + 8, from.y + ((to.y - from.y) * step) / 10 + from.height / 2 + 6);
    }
    await open.page.mouse.up();
    expect(await places()).toEqual([before[1], before[2], before[0], ...before.slice(3)]);
  });
});

describe('where the browser keeps nothing', () => {
  const refuse = {
    full: () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
    forbidden: () => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('no', 'SecurityError');
        },
      });
    },
  };

  it.each(['full', 'forbidden'] as const)(
    '%s: it is solved all the same, and says that this is not kept',
    async (how) => {
      await using page = await openChapter(`${first}/`);
      open = page;
      await page.page.addInitScript(refuse[how]);
      await page.page.reload();
      const here = exercise('first-model');
      await here.locator('.choice input').nth(model.right.indexOf(true)).check();
      await here.getByRole('textbox').fill('Because.');
      await here.getByRole('button', { name: 'Compare', exact: true }).click();
      await expect
        .poll(() => stateWord('first-model'))
        .toBe('Solved. This is not kept: the browser gives no room for it.');
    },
  );

  it('corrupt: what cannot be read is moved aside and counts as nothing', async () => {
    await using page = await openChapter(`${first}/`);
    open = page;
    const key = `course-progress / ${first}/first-model`;
    await page.page.evaluate((name) => {
      localStorage.setItem(name, '{"format":1,"attempts":"many"');
    }, key);
    await page.page.reload();
    expect(await stateWord('first-model')).toBeUndefined();
    const here = exercise('first-model');
    await here.locator('.choice input').nth(model.right.indexOf(true)).check();
    await here.getByRole('textbox').fill('Because.');
    await here.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect
      .poll(() => stateWord('first-model'))
      .toBe('Solved. What was kept of it before cannot be read; it was set aside.');
    const kept = await page.page.evaluate(
      (name) => [localStorage.getItem(name), localStorage.getItem(`${name} unreadable`)],
      key,
    );
    expect(JSON.parse(kept[0] ?? '')).toMatchObject({ format: 1, attempts: 1 });
    expect(kept[1]).toBe('{"format":1,"attempts":"many"');
  });
});

it('without scripts everything is there to read: task, code, checks, hints, solution, answers, output', async () => {
  await using page = await openChapter(`${first}/`, { javaScriptEnabled: false });
  open = page;
  const code = exercise('classify');
  expect(await code.getByRole('button', { name: 'Check', exact: true }).count()).toBe(0);
  expect(await code.locator('[data-check]').count()).toBe(classify.checks.length);
  await code.locator('.exercise-solution > summary').click();
  expect(await code.locator('.exercise-solution pre').innerText()).toContain('share = cpu / wall');
  await code.locator('.exercise-hint > summary').first().click();
  const predicted = exercise('four-schedules');
  expect(await predicted.getByRole('textbox').count()).toBe(0);
  await predicted.locator('.cell-concealed > summary').click();
  expect(await predicted.locator('.cell-output').isVisible()).toBe(true);
  const chosen = exercise('first-model');
  await chosen.locator('.choice-because > summary').first().click();
  expect(await chosen.locator('.choice-because').first().innerText()).toMatch(/Right\.|Not right\./);
});

it('shows answers and recorded output after all where its scripts never come', async () => {
  await using other = await openChapter(`${first}/`);
  await other.page.route('**/*.js', (route) => route.abort());
  await other.page.reload();
  expect(await other.page.locator('.choice-because').first().isVisible()).toBe(false);
  await other.page.locator('.choice-because').first().waitFor();
  await other.page.locator('py-cell .cell-concealed').first().waitFor();
});

it('shows what authors wrote between backticks as code, in sentences and failures', async () => {
  await using page = await openChapter('iterators-and-generators/');
  open = page;
  await check('repair-fib');
  const items = exercise('repair-fib').locator('.exercise-checks li, .exercise-outcome');
  expect((await items.allInnerTexts()).join('\n')).not.toContain('`');
  expect(await items.locator('code').allInnerTexts()).toContain('fib_list(20)');
});
