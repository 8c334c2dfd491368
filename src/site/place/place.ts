/** Where the reader is in a page that is scrolled: marked in the outlines, kept for the next visit, and a way back. */
import { keepPlace } from '../../island/kept/place.ts';
import '../../island/tab-stops.ts';
import './back.ts';
import { markSection, type Section } from './current-section.ts';
import { chapterItem, slugOf } from './here.ts';
import styles from './place.css?inline';
import { showRead } from './read.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

const item = chapterItem();
let section: Section | undefined;
let read = 0;

let resting: number | undefined;

/** Once the reader has come to rest: a long scroll passes many sections. */
function keepSoon(): void {
  clearTimeout(resting);
  resting = window.setTimeout(() => {
    // At the start of a chapter there is nothing to go on with.
    if (item && section) keepPlace(slugOf(item), { section: section.id, title: section.title, read });
  }, 200);
}

function update(): void {
  section = markSection();
  if (item) read = showRead();
}

let waiting = false;
function later(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    update();
  });
}

addEventListener('scroll', later, { passive: true });
// Where a link led, or a page that was loaded again stood, is kept only once the reader goes on from there.
if (item) addEventListener('scroll', keepSoon, { passive: true });
addEventListener('resize', later, { passive: true });
later();

// A reader who stays is one whose pages are kept for a visit without a network.
void import('../offline/begin.ts').catch(() => undefined);
