/** The release archive: the built site in a folder `course/`, and beside it what someone without Node needs to host it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { zip } from './zip.ts';
import type { Packed } from './zip.ts';

const readMe = `The folder "course" is the whole course. Nothing has to be installed or built.

To read it on this computer, with Python:
    python3 -m http.server --directory course
and open http://localhost:8000/ in a browser. Opening index.html by itself does not work: a page needs a server for its scripts.

To publish it, copy the folder "course", with its hidden file .nojekyll, to any static host, at any path.
HOSTING.md has recipes for the hosts that most people use.
`;

/** `site` is the folder of the built site; `root` is the project's root. */
export function release(site: string, root: string): Buffer {
  const files: Packed[] = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => ({
      name: `course/${path.slice(site.length + 1).replaceAll('\\', '/')}`,
      content: readFileSync(path),
    }));
  return zip([
    { name: 'README.txt', content: Buffer.from(readMe) },
    { name: 'HOSTING.md', content: readFileSync(join(root, 'docs/hosting.md')) },
    { name: 'LICENSE', content: readFileSync(join(root, 'LICENSE')) },
    ...files,
  ]);
}
