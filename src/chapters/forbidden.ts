/** What the policy of a page forbids in HTML and SVG: style attributes, event attributes, addresses that are scripts. */

/** The mend of an attribute that no page may have; undefined for one that it may. */
export function forbiddenAttribute(name: string): string | undefined {
  if (name.toLowerCase() === 'style')
    return 'The page’s policy allows no style attribute: use a class, as docs/authoring-components.md lists them under “Figure”.';
  if (/^on[a-z]/i.test(name)) return 'The page’s policy allows no script in an attribute: leave it out.';
  return undefined;
}

export const isScript = (url: string): boolean => /^\s*javascript:/i.test(url);
