/** The class of a token that the grammar does not tell apart by itself, as the static highlighter classes it. */
import type { SyntaxNodeRef } from '@lezer/common';

const types =
  /^(?:bool|bytearray|bytes|classmethod|complex|dict|float|frozenset|int|list|object|property|set|slice|staticmethod|str|super|tuple|type|[A-Z]\w*(?:Error|Exception|Warning)|BaseException(?:Group)?|ExceptionGroup|StopIteration|StopAsyncIteration|KeyboardInterrupt|SystemExit|GeneratorExit)$/;
const functions =
  /^(?:abs|aiter|all|anext|any|ascii|bin|breakpoint|callable|chr|compile|delattr|dir|divmod|enumerate|eval|exec|filter|format|getattr|globals|hasattr|hash|hex|id|input|isinstance|issubclass|iter|len|locals|map|max|memoryview|min|next|oct|open|ord|pow|print|range|repr|reversed|round|setattr|sorted|sum|vars|zip)$/;
const attributes =
  /^__(?:all|annotations|bases|class|closure|code|debug|defaults|dict|doc|file|func|globals|kwdefaults|members|metaclass|methods|module|mro|mro_entries|name|package|path|qualname|slots|spec|subclasses|version|weakref)__$/;
const method = /^__\w+__$/;

function classOfName(node: SyntaxNodeRef, name: string): string | undefined {
  if (attributes.test(name)) return 'tok-atom';
  if (method.test(name)) return 'tok-function';
  if (node.name === 'PropertyName') return undefined;
  if (types.test(name) || node.matchContext(['ClassDefinition', 'ArgList'])) return 'tok-className';
  if (functions.test(name)) return 'tok-function';
  if (name === 'NotImplemented') return 'tok-atom';
  return (name === 'self' || name === 'cls') && node.matchContext(['ParamList']) ? 'tok-atom' : undefined;
}

/** `text` gives the token's text when it is asked for. Undefined leaves the grammar's class. */
export function classOfToken(node: SyntaxNodeRef, text: () => string): string | undefined {
  switch (node.name) {
    case 'VariableName':
    case 'PropertyName':
      return classOfName(node, text());
    case 'async':
      return 'tok-keyword';
    case 'FormatSpec':
    case 'FormatConversion':
      return 'tok-string2';
    case '{':
    case '}':
      return node.matchContext(['FormatReplacement']) ? 'tok-string2' : undefined;
    case ':':
      return node.matchContext(['DictionaryExpression']) ? 'tok-operator' : undefined;
    default:
      return undefined;
  }
}
