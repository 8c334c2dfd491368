/** The second chapter, the fourth and so on; `odd-chapters.test.ts` has the others. */
import { checkEverySecondChapter } from './every-second-chapter.ts';

checkEverySecondChapter(1);
