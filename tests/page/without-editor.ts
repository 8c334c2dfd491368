/**
 * The same site without the editor, exercises, progress and what readers set: what a page would load had they never been
 * made. Only for measuring what they add.
 *
 * Invariant: whatever is named here and no longer there ends the build, so that the measure cannot go stale in silence.
 */
import path from 'node:path';

/** What is needed of Vite's plugins. */
interface Plugin {
  readonly name: string;
  readonly enforce: 'pre';
  transform(code: string, id: string): { readonly code: string; readonly map: null } | undefined;
}

/** Modules that would not be, and what those that stay need of them. */
const gone: Readonly<Record<string, string>> = {
  'src/island/py-exercise.ts': 'export {};',
  'src/island/into-code.ts': 'export const goIntoCode = () => {}; export const edit = () => {};',
  'src/site/reader/begin.ts': 'export {};',
  'src/site/styles/choices.css': '',
  'src/site/styles/exercise.css': '',
};

/** Rules of style sheets that stay, by their selectors as written. */
const rules: Readonly<Record<string, readonly string[]>> = {
  'src/site/styles/cell.css': [
    '.cell .cell-edited',
    ".cell .cell-edited[aria-pressed='true']",
    "[data-use='starter'] .cell-output:empty,\n[data-use='starter'] .cell-output:empty + .cell-foot:not(:has(.cell-reason))",
    "[data-use='predict']:not([data-live]) [data-action='run']",
    '.cell .cell-concealed > summary',
  ],
  'src/site/styles/navigation.css': ['.outline-done', '.link-button'],
  'src/site/styles/output.css': ['.out-place'],
};

/** The script in the head sets more than the theme, and then the lines of edits. */
const settings = ["['theme', 'textsize', 'contrast', 'motion']", "['theme']"] as const;

function cut(text: string, from: string, until: string, file: string): string {
  const start = text.indexOf(from);
  const end = text.indexOf(until, start);
  if (start < 0 || end < 0)
    throw new Error(`${file} no longer has ${JSON.stringify(from)}: mend tests/page/without-editor.ts.`);
  return text.slice(0, start) + text.slice(end + until.length);
}

/** For the project at `root`; the build that uses it fails at its end when a file named here was not met. */
export function withoutEditor(root: string): Plugin {
  const base = 'src/site/layouts/Base.astro';
  const unmet = new Set([...Object.keys(gone), ...Object.keys(rules), base]);
  process.on('exit', () => {
    if (unmet.size === 0) return;
    console.error(`The build never asked for ${[...unmet].join(', ')}: mend tests/page/without-editor.ts.`);
    process.exitCode = 1;
  });
  return {
    name: 'without-editor',
    enforce: 'pre',
    transform(code, id) {
      const file = path.relative(root, id).replaceAll(path.sep, '/');
      const text = gone[file];
      const selectors = rules[file];
      if (text === undefined && selectors === undefined && file !== base) return undefined;
      unmet.delete(file);
      if (text !== undefined) return { code: text, map: null };
      if (selectors) {
        const left = selectors.reduce((css, selector) => cut(css, `\n${selector} {`, '\n}\n', file), code);
        return {
          code: file.endsWith('/cell.css') ? cut(left, '\n  height: calc(1.625rem + var(--edit)', ';', file) : left,
          map: null,
        };
      }
      if (!code.includes(settings[0])) throw new Error(`${base} no longer has ${settings[0]}.`);
      const left = cut(code, '      try {\n        const sheet', '      } catch {}\n', base);
      return { code: left.replace(...settings), map: null };
    },
  };
}
