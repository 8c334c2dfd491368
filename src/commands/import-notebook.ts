/** `npm run import-notebook FILE.ipynb [--as slug]`: makes a chapter from a notebook, and tells all that has no place in one. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { addressFaults, linkTargets } from '../chapters/link-faults.ts';
import { readChapters } from '../chapters/read-chapters.ts';
import { readCourseFile } from '../chapters/course-file.ts';
import { writeSnapshot } from '../chapters/snapshots.ts';
import { NotebookError } from '../notebooks/import/read-notebook.ts';
import { formatRemarks } from '../notebooks/import/remark.ts';
import { toChapter } from '../notebooks/import/to-chapter.ts';

const usage =
  'npm run import-notebook FILE.ipynb [--as slug]: slug is the address that the chapter gets, such as first-threads.';

class UsageError extends Error {}

function readArguments(words: readonly string[]): { readonly file: string; readonly as: string | undefined } {
  const at = words.indexOf('--as');
  const named = at === -1 ? undefined : words[at + 1];
  const others = words.filter((_, index) => at === -1 || (index !== at && index !== at + 1));
  // npm keeps `--as` for itself when no `--` stands before it, and passes on only what follows.
  const [file, as = named, ...more] = others;
  const unclear = more.length > 0 || (named !== undefined && as !== named) || (at !== -1 && as === undefined);
  if (file === undefined || file.startsWith('-') || unclear) throw new UsageError(usage);
  return { file, as };
}

function slugOf(file: string, as: string | undefined): string {
  const slug =
    as ??
    basename(file)
      .replace(/\.ipynb$/i, '')
      .replace(/^\d+-/, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('-')
      .slice(0, 60) ??
    '';
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)) return slug;
  throw new UsageError(
    `${as === undefined ? `${file}: its name gives no address` : `--as ${as} is no address`}\n    Give one of lower-case letters, digits and hyphens: --as first-threads`,
  );
}

function run(words: readonly string[]): void {
  const { file, as } = readArguments(words);
  const root = process.cwd();
  const slug = slugOf(file, as);
  const { chapters, glossary } = readChapters(root);
  const twin = chapters.find((chapter) => chapter.slug === slug);
  if (twin !== undefined)
    throw new UsageError(`the address /${slug}/ is taken by content/${twin.folder}\n    Name another: --as ${slug}-2`);
  const order = Math.max(0, ...chapters.map(({ folder }) => Number.parseInt(folder, 10))) + 1;
  const folder = `${String(order).padStart(2, '0')}-${slug}`;
  const place = join(root, 'content', folder);
  if (existsSync(place))
    throw new UsageError(`content/${folder} is there already\n    Remove it, or name another: --as ${slug}-2`);
  const modules = readCourseFile(root).data?.modules.length ?? 0;
  const made = toChapter(readFileSync(file), {
    beside: dirname(file),
    name: basename(file).replace(/\.ipynb$/i, ''),
    folder,
    slug,
    order,
    module: modules === 0 ? undefined : modules,
    glossary,
    today: new Date().toISOString().slice(0, 10),
  });
  const [own] = chapters;
  const targets = linkTargets(root, chapters);
  const taken = own === undefined ? [] : addressFaults([{ ...own, slug }], targets);
  if (taken.length > 0)
    throw new UsageError(`the address /${slug}/ is the site’s own\n    Name another: --as my-${slug}`);
  for (const [name, content] of made.files) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), content);
  }
  for (const snapshot of made.snapshots) writeSnapshot(root, folder, snapshot);
  const images = [...made.files.keys()].length - 1;
  console.log(`content/${folder}: cells: ${made.cells}, outputs: ${made.snapshots.length}, images: ${images}`);
  if (made.remarks.length > 0)
    console.log(`\nNot taken over as it was (${made.remarks.length}):\n${formatRemarks(made.remarks)}`);
  console.log(`\nNext: npm run check, and npm run record -- ${slug}, which runs the cells as readers will.`);
}

try {
  run(process.argv.slice(2));
} catch (error) {
  const [file = ''] = process.argv.slice(2);
  if (error instanceof NotebookError) console.error(`${file}: ${error.message}\n    ${error.mend}`);
  else if (error instanceof UsageError) console.error(error.message);
  else if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
    console.error(`${file}: no such file\n    ${usage}`);
  else throw error;
  process.exitCode = 1;
}
