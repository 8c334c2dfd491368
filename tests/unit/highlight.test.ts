import { parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { highlight, tokenLines } from '../../src/site/highlight/highlight.ts';

const classesIn = (code: string, language: string): Record<string, string> =>
  Object.fromEntries(
    tokenLines(code, language)
      .flat()
      .filter((token) => token.className !== undefined)
      .map((token) => [token.text.trim(), token.className ?? '']),
  );

const textOf = (html: string): string => {
  const text = (node: object): string => {
    if ('value' in node && typeof node.value === 'string') return node.value;
    if ('childNodes' in node && Array.isArray(node.childNodes))
      return node.childNodes.map((child: object) => text(child)).join('');
    return '';
  };
  return text(parseFragment(html));
};

describe('highlighting', () => {
  test('names the parts of Python by class', () => {
    expect(classesIn('@cache\nclass A(Base):\n    def run(self): return "x", 12, None  # why', 'python')).toMatchObject(
      {
        '@cache': 'tok-meta',
        class: 'tok-keyword',
        A: 'tok-className',
        run: 'tok-function',
        return: 'tok-keyword',
        '"x"': 'tok-string',
        '12': 'tok-number',
        None: 'tok-atom',
        '# why': 'tok-comment',
      },
    );
  });

  test('tells a prompt from what the command printed', () => {
    expect(classesIn('$ python3 hello.py\nHello', 'console')).toMatchObject({ $: 'tok-prompt', Hello: 'tok-output' });
  });

  test('keeps the code character for character, and never as markup', () => {
    const code = 'if a < b and "</code><script>alert(1)</script>" != \'&amp;\':\n\tpass\n\n    # ünï 🐍';
    for (const language of ['python', 'bash', 'console', 'json', 'text', 'toml', 'c', 'diff']) {
      for (const lineNumbers of [false, true]) {
        const html = highlight(code, language, lineNumbers);
        expect(textOf(html)).toBe(code);
        expect(html).not.toContain('<script');
        expect(html).not.toContain('style=');
      }
    }
  });

  test('wraps each line when lines are numbered, empty ones too', () => {
    expect(highlight('a\n\nb\n', 'text', true)).toBe(
      '<span class="line">a</span>\n<span class="line"></span>\n<span class="line">b</span>',
    );
  });

  test('refuses a language it does not know and names those it does', () => {
    expect(() => highlight('x', 'cobol')).toThrow(/cobol.*python/);
  });
});
