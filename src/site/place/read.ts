/** How much of a chapter has been read, in the outline beside it: a bar below its title, and words for who does not see it. */
import { make } from '../../island/make.ts';
import { chapterItem } from './here.ts';

const item = chapterItem();
const words = make('span', 'for-screen-readers');
item?.append(words);
const percent = make('span', 'toc-read');
// Its list is named by the title, which stays what it is.
percent.ariaHidden = 'true';
document.getElementById('toc-title')?.append(percent);

/** Share of the page that has been scrolled through, 0 to 1. */
export function showRead(): number {
  const whole = document.documentElement.scrollHeight - innerHeight;
  const read = whole <= 0 ? 1 : Math.min(1, Math.max(0, scrollY / whole));
  document.documentElement.style.setProperty('--read', String(read));
  const text = `${Math.round(read * 100)}%`;
  if (percent.textContent === text) return read;
  percent.textContent = text;
  words.textContent = `, ${text} read`;
  return read;
}
