/** `npm run check`: every fault of the chapters without building; exit code 1 when there is one. */
import { formatFaults } from '../chapters/content-fault.ts';
import { checkCourse } from '../chapters/check-course.ts';

const { chapters, faults } = checkCourse(process.cwd());
const cells = chapters.reduce((sum, chapter) => sum + chapter.cells.length, 0);
if (faults.length > 0) console.error(`${formatFaults(faults)}\n`);
console.log(`chapters: ${chapters.length}, cells: ${cells}, faults: ${faults.length}`);
process.exitCode = faults.length > 0 ? 1 : 0;
