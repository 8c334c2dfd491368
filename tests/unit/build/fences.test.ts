/** The visitor hands a cell to its component unchanged, whatever its source holds. */
import { evaluate, markdownToHtml } from 'satteri';
import { describe, expect, it } from 'vitest';
import { fences } from '../../../src/build/fences.ts';
import { readChapter } from '../../../src/chapters/read-chapter.ts';

const chapter = new URL('file:///project/content/02-generators/index.mdx');

/** The values of every `data` attribute that the compiled page hands to its cells. */
function cells(text: string, fileURL = chapter): unknown[] {
  const found: unknown[] = [];
  const jsx = (type: unknown, props: unknown): null => {
    if (type === 'Cell' && typeof props === 'object' && props !== null && 'data' in props) {
      found.push(JSON.parse(String(props.data)));
    }
    return null;
  };
  const page = evaluate(text, { mdastPlugins: [fences], fileURL, Fragment: 'Fragment', jsx, jsxs: jsx });
  if (page instanceof Promise || typeof page.default !== 'function') throw new TypeError('not a page');
  Reflect.apply(page.default, undefined, [{ components: { Cell: 'Cell' } }]);
  return found;
}

const nasty = `# ü 😀 {x} \`\${y}\` <b>&amp;</b> \\n \\\\ </script> "q" 'p' \u2028 \u0001
print("--- ... ''")`;

describe('a run fence', () => {
  it('becomes a Cell with the same data that the check reads', () => {
    const text = `\n\`\`\`python run id=a compare=shape shape="a\\.b"\n${nasty}\n\`\`\`\n\n\`\`\`python\nplain\n\`\`\`\n`;
    const [placed] = readChapter({ folder: '02-generators', slug: 'generators', file: 'f' }, text).cells;
    expect(placed?.cell.source).toBe(nasty);
    expect(cells(text)).toEqual([{ chapter: 'generators', cell: placed?.cell }]);
  });

  it('ends the build outside a chapter and in plain Markdown, with file and line', () => {
    const text = '\n```python run id=a\n1\n```\n';
    const note = new URL('file:///project/content/02-generators/note.mdx');
    expect(() => cells(text, note)).toThrow('/project/content/02-generators/note.mdx:2: a cell outside a chapter');
    expect(() => markdownToHtml(text, { mdastPlugins: [fences], fileURL: chapter })).toThrow(
      'a cell outside a chapter',
    );
  });

  it('ends the build at an option that is wrong', () => {
    expect(() => cells('```python run id=a wat\n1\n```\n')).toThrow('index.mdx:1: unknown cell option “wat”');
  });
});
