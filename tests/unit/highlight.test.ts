import { describe, expect, test } from 'vitest';
import { tokenLines } from '../../src/site/highlight/highlight.ts';

const classesIn = (code: string, language: string): Record<string, string> =>
  Object.fromEntries(
    tokenLines(code, language)
      .flat()
      .filter((token) => token.className !== '')
      .map((token) => [token.text.trim(), token.className]),
  );

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

  test('keeps the code character for character', () => {
    const code = 'if a < b and "</code><script>alert(1)</script>" != \'&amp;\':\n\tpass\n\n    # ünï 🐍';
    for (const language of ['python', 'bash', 'console', 'json', 'text', 'toml', 'c', 'diff']) {
      const lines = tokenLines(code, language).map((line) => line.map((token) => token.text).join(''));
      expect(lines.join('\n')).toBe(code);
    }
  });

  test('makes no line of the final newline, and keeps empty lines', () => {
    expect(tokenLines('a\n\nb\n', 'python')).toHaveLength(3);
    expect(tokenLines('a\n\nb\n', 'text')).toHaveLength(3);
  });

  test('refuses a language it does not know and names those it does', () => {
    expect(() => tokenLines('x', 'cobol')).toThrow(/cobol.*python/);
  });
});
