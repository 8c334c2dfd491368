/** An edit of an earlier visit stands in the static code until the reader goes into it (what it costs: chapter-edits.test.ts). */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocks, openChapter, type CellPage } from './support/cell-page.ts';
import { edit, editedText, expectSamePlaces, lineBoxes } from './support/editing.ts';

const key = (slug: string, id: string): string => `course-edit /${slug}/#${id}`;

describe('an edit of an earlier visit', () => {
  const slug = 'what-python-executes';
  const id = 'cache-edges';
  let open: CellPage;
  const named = (name: string, cell: Locator = open.cell(id)) => cell.getByRole('button', { name, exact: true });
  const editors = () => open.asked.filter((url) => /\/open\./.test(url)).length;

  beforeAll(async () => {
    open = await openChapter(`${slug}/`);
  });
  afterAll(() => open[Symbol.asyncDispose]());

  async function visit(
    ...edits: readonly (readonly [id: string, change: (original: string) => string])[]
  ): Promise<void> {
    for (const [at, change] of edits) {
      const original = await open.cell(at).evaluate((cell) => {
        const { source } = (JSON.parse((cell as HTMLElement).dataset['cell'] ?? '') as { cell: { source: string } })
          .cell;
        return source.replace(/\n$/, '');
      });
      await open.page.evaluate(
        ([name, text]) => {
          localStorage.setItem(name, text);
        },
        [key(slug, at), JSON.stringify({ original, source: change(original) })] as const,
      );
    }
    await open.page.reload();
    for (const [at] of edits) await named('Edited', open.cell(at)).waitFor();
  }

  it('is shown, copied and run without the editor', async () => {
    const before = editors();
    await visit([id, () => 'print("kept")']);
    expect(await editedText(open.cell(id))).toBe('print("kept")');
    await open.run(id);
    expect(await blocks(open.cell(id))).toEqual([['stdout', 'kept\n']]);
    await named('Copy').click();
    await open.cell(id).getByText('edit').last().waitFor();
    expect(editors()).toBe(before);
  });

  it('keeps the colours of lines that are the author’s, and moves no line when its editor opens', async () => {
    await visit([id, (original) => `${original}\nprint("more")`]);
    const cell = open.cell(id);
    const [boxes, tokens] = [await lineBoxes(cell), await cell.locator('pre.code [class^="tok-"]').count()];
    expect(tokens).toBeGreaterThan(3);
    await edit(cell);
    expectSamePlaces(await lineBoxes(cell), boxes);
  });

  it('is compared, reset, and brought back by Undo, from the static code', async () => {
    await visit([id, () => 'print("mine")']);
    await named('Edited').click();
    await open.cell(id).locator('.cm-deletedChunk').waitFor();
    await visit([id, () => 'print("mine")']);
    await named('Reset').click();
    await named('Undo').click();
    await expect.poll(() => editedText(open.cell(id))).toBe('print("mine")');
  });

  it('says what is to be said of it in a place that stays when its editor opens, until it is dismissed', async () => {
    const cell = open.cell(id);
    await visit([id, () => 'print("mine")']);
    await open.page.evaluate(
      (name) => {
        localStorage.setItem(name, JSON.stringify({ original: 'older', source: 'print("mine")' }));
      },
      key(slug, id),
    );
    await open.page.reload();
    const said = cell.getByText(/author has changed this cell/);
    await said.waitFor();
    const before = await cell.boundingBox();
    await edit(cell);
    expect(await said.count()).toBe(1);
    expect((await cell.boundingBox())?.height).toBe(before?.height);
    await named('Dismiss').click();
    await said.waitFor({ state: 'detached' });
  });

  it('follows another tab while no editor is open', async () => {
    await visit([id, () => 'first = 1']);
    const other = await open.page.context().newPage();
    await other.goto(open.page.url());
    const write = (text: string | undefined) =>
      other.evaluate(
        ([name, source]) => {
          if (source === undefined) localStorage.removeItem(name);
          else localStorage.setItem(name, JSON.stringify({ original: '', source }));
        },
        [key(slug, id), text] as const,
      );
    await write('second = 2');
    await expect.poll(() => editedText(open.cell(id))).toBe('second = 2');
    await write(undefined);
    await named('Edited').waitFor({ state: 'detached' });
    expect(await editedText(open.cell(id))).not.toContain('second');
    expect(await named('Reset').isVisible()).toBe(false);
    await other.close();
  });
});
