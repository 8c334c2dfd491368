/** The first chapter, the third and so on; `even-chapters.test.ts` has the others. */
import { checkEverySecondChapter } from './every-second-chapter.ts';

checkEverySecondChapter(0);
