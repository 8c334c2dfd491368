/**
 * Links the style sheets of a page where what is seen first ends, so that nothing above waits for them. Nothing is shown
 * before all that stands above has been read, or the bar at the top would move while it comes.
 */

const SHEET = /<link rel="stylesheet"[^>]*>/g;
const END = /<script data-late-styles/;
/** Of the element right before the end. Browsers that do not know it show what has come. */
const WAIT = '<link rel="expect" href="#first-screen" blocking="render">';

/** A page that does not say where its first screen ends keeps its sheets in its head. Astro writes all links alike. */
export function linkStylesLate(html: string): string {
  const end = END.exec(html);
  if (end === null) return html;
  const above = html.slice(0, end.index);
  const sheets = above.match(SHEET) ?? [];
  const whole = above.replace(SHEET, '').replace('</head>', `${WAIT}</head>`);
  return whole + sheets.join('') + html.slice(end.index);
}
