/** Links the style sheets of a page where what is seen first ends, so that nothing above waits for them. */

const SHEET = /<link rel="stylesheet"[^>]*>/g;
const END = /<script data-late-styles/;

/** A page that does not say where its first screen ends keeps its sheets in its head. Astro writes all links alike. */
export function linkStylesLate(html: string): string {
  const end = END.exec(html);
  if (end === null) return html;
  const above = html.slice(0, end.index);
  const sheets = above.match(SHEET) ?? [];
  return above.replace(SHEET, '') + sheets.join('') + html.slice(end.index);
}
