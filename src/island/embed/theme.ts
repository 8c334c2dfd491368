/** Light or dark for a cell in the page of another site, as the page is around it. */
import type { EmbedTheme } from '../../protocol/embed.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** The attribute `theme`, else what CSS says: `color-scheme`, which is light where a page says nothing. */
function themeOf(element: HTMLElement): EmbedTheme {
  const asked = element.getAttribute('theme');
  if (asked === 'light' || asked === 'dark') return asked;
  const { colorScheme } = getComputedStyle(element);
  if (!colorScheme.includes('dark')) return 'light';
  if (!colorScheme.includes('light')) return 'dark';
  return dark.matches ? 'dark' : 'light';
}

/**
 * Calls `apply` now, and when the theme has changed: by the system, by a button of the page, until `signal` is aborted.
 * Whoever changes it otherwise calls what is returned.
 */
export function followTheme(element: HTMLElement, apply: (theme: EmbedTheme) => void, signal: AbortSignal): () => void {
  let theme: EmbedTheme | undefined;
  const look = (): void => {
    const now = themeOf(element);
    if (now !== theme) apply(now);
    theme = now;
  };
  dark.addEventListener('change', look, { signal });
  const marks = new MutationObserver(look);
  for (const each of [document.documentElement, document.body]) marks.observe(each, { attributes: true });
  signal.addEventListener('abort', () => {
    marks.disconnect();
  });
  look();
  return look;
}
