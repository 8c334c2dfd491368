/**
 * Our Shiki theme: instead of colours it names classes, so that no inline style is needed and light and dark share one HTML.
 *
 * The class names are those of `classHighlighter` in @lezer/highlight, so an editor needs no colours of its own.
 * A TextMate theme can only hold colours: each class stands in it as a numbered placeholder colour, and `classOf`
 * turns the placeholder back into the class.
 */
import type { ThemeRegistration } from 'shiki/types';

/** Later rules of equal specificity win, so broad scopes stand first. */
const rules: readonly (readonly [className: string, scopes: readonly string[]])[] = [
  ['tok-comment', ['comment', 'punctuation.definition.comment']],
  ['tok-string', ['string', 'string.quoted.docstring', 'punctuation.definition.string', 'storage.type.string']],
  [
    'tok-string2',
    ['constant.character.escape', 'constant.character.format.placeholder', 'string.regexp', 'storage.type.format'],
  ],
  ['tok-atom', ['constant.language', 'support.variable.magic', 'variable.parameter.function.language.special']],
  [
    'tok-keyword',
    [
      'keyword',
      'storage.type',
      'storage.modifier',
      'keyword.operator.logical',
      'keyword.operator.new',
      'keyword.operator.expression',
    ],
  ],
  ['tok-number', ['constant.numeric', 'storage.type.number', 'storage.type.imaginary']],
  [
    'tok-operator',
    [
      'keyword.operator',
      'keyword.operator.arithmetic',
      'keyword.operator.assignment',
      'keyword.operator.comparison',
      'punctuation.separator.dict',
    ],
  ],
  ['tok-function', ['entity.name.function', 'support.function', 'meta.function-call.generic', 'entity.name.command']],
  [
    'tok-className',
    [
      'entity.name.type',
      'entity.other.inherited-class',
      'support.type.exception',
      'support.class',
      'support.type.python',
    ],
  ],
  [
    'tok-meta',
    ['entity.name.function.decorator', 'punctuation.definition.decorator', 'meta.decorator', 'meta.preprocessor'],
  ],
  ['tok-propertyName', ['support.type.property-name', 'entity.other.attribute-name', 'entity.name.tag']],
  ['tok-prompt', ['punctuation.separator.prompt.shell-session', 'entity.other.prompt-prefix.shell-session']],
  ['tok-output', ['meta.output.shell-session']],
  ['tok-inserted', ['markup.inserted']],
  ['tok-deleted', ['markup.deleted']],
];

const plain = '#000000';
const placeholder = (index: number): string => `#${(index + 1).toString(16).padStart(6, '0')}`;
const classes = new Map(rules.map(([className], index) => [placeholder(index), className]));

export const theme: ThemeRegistration = {
  name: 'classes',
  type: 'light',
  fg: plain,
  bg: '#ffffff',
  settings: [
    { settings: { foreground: plain } },
    ...rules.map(([, scope], index) => ({ scope: [...scope], settings: { foreground: placeholder(index) } })),
  ],
};

/** The class of a token that Shiki coloured with `theme`; '' for plain text. */
export const classOf = (color: string | undefined): string => classes.get((color ?? plain).toLowerCase()) ?? '';
