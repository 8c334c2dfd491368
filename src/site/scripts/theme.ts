/** The reader's theme: applied at once, kept for the next page; `system` stores nothing. The page's head applies it before painting. */

const key = 'theme';
const root = document.documentElement;
const radios = document.querySelectorAll<HTMLInputElement>('input[name=theme]');

const apply = (theme: string): void => {
  if (theme === 'light' || theme === 'dark') root.dataset['theme'] = theme;
  else delete root.dataset['theme'];
  for (const radio of radios) radio.checked = radio.value === (root.dataset['theme'] ?? 'system');
};

const keep = (theme: string): void => {
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage may be forbidden: the choice then lasts for this page.
  }
};

for (const radio of radios) {
  radio.addEventListener('change', () => {
    apply(radio.value);
    keep(radio.value);
  });
}

// Another tab of the course, and a page that comes back from the browser's cache, follow the last choice.
window.addEventListener('storage', (event) => {
  if (event.key === key) apply(event.newValue ?? 'system');
});
window.addEventListener('pageshow', () => {
  try {
    apply(localStorage.getItem(key) ?? 'system');
  } catch {
    apply('system');
  }
});
