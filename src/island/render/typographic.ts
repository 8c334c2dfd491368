/**
 * Marks of prose in text from data, as the text of a chapter has them: whoever writes an attribute, YAML or JSON types
 * straight ones.
 */

/** An apostrophe stands behind a letter; quotation marks come in pairs. What stands between backticks stays as it is. */
export const typographic = (text: string): string =>
  text
    .split('`')
    .map((piece, index) =>
      index % 2 === 1 ? piece : piece.replaceAll(/(?<=\p{L})'/gu, '’').replaceAll(/"([^"]*)"/g, '“$1”'),
    )
    .join('`');
