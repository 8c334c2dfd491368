/**
 * Source code to lines of classed tokens at build time; joined, the tokens are the source character for character.
 *
 * Whitespace and adjacent tokens of one class share a token, so that the HTML made of them stays small.
 */
import { createHighlighterCoreSync } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import c from 'shiki/langs/c.mjs';
import diff from 'shiki/langs/diff.mjs';
import json from 'shiki/langs/json.mjs';
import python from 'shiki/langs/python.mjs';
import shell from 'shiki/langs/shellscript.mjs';
import session from 'shiki/langs/shellsession.mjs';
import toml from 'shiki/langs/toml.mjs';
import { grammars, languages } from '../../chapters/fence-languages.ts';
import type { Span } from '../../island/render/block.ts';
import { classOf, theme } from './theme.ts';

const highlighter = createHighlighterCoreSync({
  themes: [theme],
  langs: [python, shell, session, json, toml, diff, c],
  engine: createJavaScriptRegexEngine(),
});

const isGrammar = (language: string): language is keyof typeof grammars => Object.hasOwn(grammars, language);

/**
 * The lines of `code` as tokens; a final newline makes no further line.
 *
 * Throws RangeError for a language that is not in `languages`.
 */
export function tokenLines(code: string, language: string): readonly (readonly Span[])[] {
  const source = code.replace(/\n$/, '');
  if (language === '' || (languages.includes(language) && !isGrammar(language)))
    return source.split('\n').map((text) => [{ text, className: '' }]);
  if (!isGrammar(language)) {
    throw new RangeError(`Unknown language "${language}" of a fence: use one of ${languages.join(', ')}.`);
  }
  const lines = highlighter.codeToTokensBase(source, { lang: grammars[language], theme: 'classes' });
  return lines.map((line) => merge(line.map(({ content, color }) => ({ text: content, className: classOf(color) }))));
}

function merge(tokens: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const token of tokens) {
    const last = merged.at(-1);
    if (last && (last.className === token.className || token.text.trim() === '')) {
      merged[merged.length - 1] = { text: last.text + token.text, className: last.className };
    } else merged.push(token);
  }
  return merged;
}
