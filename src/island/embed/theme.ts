/** Light or dark for a cell in the page of another site, as the page is around it. */
import type { EmbedTheme } from '../../protocol/embed.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** The attribute `theme`, else what CSS says: `color-scheme`, which is light where a page says nothing. */
export function themeOf(element: HTMLElement): EmbedTheme {
  const asked = element.getAttribute('theme');
  if (asked === 'light' || asked === 'dark') return asked;
  const { colorScheme } = getComputedStyle(element);
  if (!colorScheme.includes('dark')) return 'light';
  if (!colorScheme.includes('light')) return 'dark';
  return dark.matches ? 'dark' : 'light';
}

/** Calls `look` when the theme may have changed: by the system, or by a button of the page, until `signal` is aborted. */
export function watchTheme(look: () => void, signal: AbortSignal): void {
  dark.addEventListener('change', look, { signal });
  const marks = new MutationObserver(look);
  for (const each of [document.documentElement, document.body]) marks.observe(each, { attributes: true });
  signal.addEventListener('abort', () => {
    marks.disconnect();
  });
}
