/** A chapter that the reader has begun before, opened at its start: offers to go on where they stopped. */
import { readPlace } from '../../island/kept/place.ts';
import { showChip } from './chip.ts';
import { chapterItem, slugOf } from './here.ts';

const item = chapterItem();
const place = item ? readPlace(slugOf(item)) : undefined;
const heading = place && document.getElementById(place.section);
if (place && heading && scrollY === 0)
  showChip(`Back to where I was: ${place.title}`, () => {
    location.hash = place.section;
  });
