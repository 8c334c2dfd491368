/** Text of a program's as text of a picture: escaped, without backquotes, and no longer than there is room. */

/** Width of a character, in units of a picture whose text is 12 high. */
export const CHARACTER = 6.4;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML has no way to write most control characters. */
export const escaped = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|[\ud800-\udfff]/gu, '\ufffd')
    .replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

export const plain = (words: string): string => escaped(words.replaceAll('`', ''));

export const cut = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
