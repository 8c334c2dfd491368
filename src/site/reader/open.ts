/** Opens the reader's settings, the map of keys or the reader's work; loaded at the first of them, with their styles. */
import { openKeys } from './keys.ts';
import { openSettings } from './settings.ts';
import address from './reader.css?url';
import { openWork } from './work.ts';

let styles: Promise<void> | undefined;

function loadStyles(): Promise<void> {
  styles ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = address;
    link.addEventListener('load', () => {
      resolve();
    });
    link.addEventListener('error', () => {
      link.remove();
      styles = undefined;
      reject(new Error('its style sheet did not load'));
    });
    document.head.append(link);
  });
  return styles;
}

/** `part` is the button's `data-reader`. Rejects when something of it cannot be loaded. */
export async function open(part: string | undefined, opener?: HTMLElement): Promise<void> {
  await loadStyles();
  if (part === 'keys') openKeys();
  else if (part === 'work') openWork();
  else openSettings(opener);
}
