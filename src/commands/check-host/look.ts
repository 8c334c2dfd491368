/**
 * Looks at a deployed copy as a browser would: every kind of file once, with what the host says of it.
 *
 * Invariant: what is wrong stops a page from being read, found or run; what is only noted does not.
 */
import { ask, keptFor, textOf } from './ask.ts';
import type { Answer } from './ask.ts';

export interface Finding {
  readonly state: 'wrong' | 'noted';
  readonly what: string;
  readonly mend: string;
}

const javascript = /^(?:text|application)\/(?:javascript|ecmascript|x-javascript)$/;
/** Pages and lists that a new build replaces may be old for so many seconds. */
const mostSeconds = 3600;

const isHtml = ({ body }: Answer): boolean =>
  /^\s*<(?:!doctype|html)/i.test(new TextDecoder().decode(body.slice(0, 200)));

class Look {
  readonly findings: Finding[] = [];
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
  }

  wrong(what: string, mend: string): void {
    this.findings.push({ state: 'wrong', what, mend });
  }

  note(what: string, mend: string): void {
    this.findings.push({ state: 'noted', what, mend });
  }

  at(path: string): Promise<Answer> {
    return ask(new URL(path, this.#home).href);
  }

  /** False, with a finding, when the file is not there. */
  isThere(path: string, answer: Answer, mend: string, mayBeHtml = false): boolean {
    if (answer.status === 200 && (mayBeHtml || !isHtml(answer))) return true;
    const what =
      answer.status === 200
        ? 'is answered with a page'
        : answer.status === 0
          ? answer.why
          : `is answered with ${answer.status}`;
    this.wrong(`${path} ${what}`, mend);
    return false;
  }

  hasType(path: string, answer: Answer, right: RegExp, name: string): void {
    if (right.test(answer.type)) return;
    this.wrong(
      `${path} has the type “${answer.type}”`,
      `Browsers refuse it: set ${name} for files that end in .${path.replace(/^.*\./, '')}.`,
    );
  }

  isFresh(path: string, answer: Answer): void {
    const seconds = keptFor(answer);
    if (seconds <= mostSeconds) return;
    this.wrong(
      `${path} may be kept for ${seconds.toLocaleString('en')} s, so that readers do not see a new build`,
      'Set Cache-Control: no-cache, or a max-age of minutes, for *.html, */manifest.json and pagefind/* (docs/hosting.md, “Caches”).',
    );
  }
}

async function pages(look: Look, home: Answer, html: string): Promise<void> {
  look.isFresh('index.html', home);
  const foreign = [...html.matchAll(/<script[^>]*\ssrc=["']?([^"'\s>]+)/g)]
    .map(([, url = '']) => url)
    .filter((url) => /^(?:https?:)?\/\//.test(url) || url.includes('cdn-cgi/'));
  if (foreign.length > 0 || html.includes('data-cfasync'))
    look.wrong(
      `the host adds scripts to pages${foreign.length > 0 ? `: ${foreign.join(', ')}` : ''}`,
      'Switch off what rewrites pages (Rocket Loader, analytics, e-mail obfuscation): their policy blocks foreign scripts.',
    );
  const policy = home.headers.get('content-security-policy') ?? '';
  if (/(?:^|;)\s*(?:default|script|worker|connect|child|style|img)-src|(?:^|;)\s*sandbox/.test(policy))
    look.wrong(
      `the host sends a policy of its own: ${policy}`,
      'Policies add up. Leave only frame-ancestors in the header: the page’s own policy allows exactly what it has.',
    );
  const chapter = /href="\.\/([a-z0-9-]+)\/"/.exec(html)?.[1];
  if (chapter === undefined) return;
  const page = await look.at(`${chapter}/`);
  const mend =
    'Answer a folder with its index.html. An S3-like bucket does so at its website address, or by a rule that adds index.html.';
  if (look.isThere(`${chapter}/`, page, mend, true)) {
    look.hasType(`${chapter}/index.html`, page, /^text\/html$/, 'text/html');
    if (textOf(page) === html) look.wrong(`${chapter}/ is answered with the first page`, mend);
  }
  const bare = await look.at(chapter);
  if (bare.status !== 200)
    look.note(
      `${chapter} without the slash is answered with ${bare.status}`,
      'No link of the course needs it. Redirect folder to folder/ for readers who type an address.',
    );
}

async function scripts(look: Look, html: string): Promise<void> {
  for (const [ending, type, name] of [
    ['css', /^text\/css$/, 'text/css'],
    ['js', javascript, 'text/javascript'],
  ] as const) {
    const path = new RegExp(`"\\./(_astro/[^"]+\\.${ending})"`).exec(html)?.[1];
    if (path === undefined) continue;
    const file = await look.at(path);
    const mend =
      'Publish every file, also those whose names begin with _. GitHub Pages needs .nojekyll at the root of the branch: copy the folder with its hidden file.';
    if (look.isThere(path, file, mend)) look.hasType(path, file, type, name);
  }
}

interface Packed {
  readonly file: string;
  readonly bytes: number;
}

/** Everything with `file` and `bytes` in a manifest of ours. */
function packedIn(value: unknown): readonly Packed[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('file' in value && 'bytes' in value && typeof value.file === 'string' && typeof value.bytes === 'number')
    return [{ file: value.file, bytes: value.bytes }];
  return Object.values(value).flatMap(packedIn);
}

async function packed(look: Look, folder: string): Promise<void> {
  const path = `${folder}/manifest.json`;
  const manifest = await look.at(path);
  if (!look.isThere(path, manifest, `Publish the folder ${folder}/ whole.`)) return;
  look.isFresh(path, manifest);
  let files: readonly Packed[];
  try {
    files = packedIn(JSON.parse(textOf(manifest)));
  } catch {
    look.wrong(`${path} is not the JSON that was built`, 'Publish the file as it is.');
    return;
  }
  for (const { file, bytes } of files) {
    const answer = await look.at(`${folder}/${file}`);
    const mend = `Publish every file of ${folder}/ and leave its bytes as they are.`;
    if (!look.isThere(`${folder}/${file}`, answer, mend)) continue;
    const [first, second] = answer.body;
    const compressed = file.endsWith('.gz') ? first === 0x1f && second === 0x8b : first === 0x50 && second === 0x4b;
    // What the host declares as an encoding arrives inflated, and the page takes that as well.
    const inflated = answer.headers.get('content-encoding') !== null && file.endsWith('.gz');
    if (compressed ? answer.body.byteLength !== bytes : !inflated)
      look.wrong(`${folder}/${file} is not what was built (${answer.body.byteLength} of ${bytes} bytes)`, mend);
  }
}

async function search(look: Look): Promise<void> {
  const entry = await look.at('pagefind/pagefind-entry.json');
  const mend =
    'Search fails without it. IIS and strict hosts need .pagefind, .pf_meta, .pf_index, .pf_fragment and .bin as application/octet-stream.';
  if (!look.isThere('pagefind/pagefind-entry.json', entry, mend)) return;
  look.isFresh('pagefind/pagefind-entry.json', entry);
  const script = await look.at('pagefind/pagefind.js');
  if (look.isThere('pagefind/pagefind.js', script, mend))
    look.hasType('pagefind/pagefind.js', script, javascript, 'text/javascript');
  const { languages } = JSON.parse(textOf(entry)) as { languages: Record<string, { hash: string; wasm: string }> };
  for (const { hash, wasm } of Object.values(languages))
    for (const path of [`pagefind/pagefind.${hash}.pf_meta`, `pagefind/wasm.${wasm}.pagefind`])
      look.isThere(path, await look.at(path), mend);
}

async function missing(look: Look): Promise<void> {
  const answer = await look.at('no-such-page-anywhere/');
  const mend = 'Show 404.html with status 404 for what is missing (docs/hosting.md, “Missing pages”).';
  if (answer.status !== 404) look.note(`a page that is missing is answered with ${answer.status}`, mend);
  else if (!/<html/i.test(textOf(answer))) look.note('a page that is missing is not answered with 404.html', mend);
}

/** `address` is that of the first page. */
export async function lookAt(address: string): Promise<readonly Finding[]> {
  const given = new URL(address);
  if (!/\/$|\.html$/.test(given.pathname)) given.pathname += '/';
  const home = await ask(given.href);
  const look = new Look(home.landed);
  if (!look.isThere(given.href, home, 'Give the address of the first page, as readers have it.', true))
    return look.findings;
  const html = textOf(home);
  if (!isHtml(home)) look.wrong(`${given.href} is no page`, 'Give the address of the first page, as readers have it.');
  look.hasType('index.html', home, /^text\/html$/, 'text/html');
  await pages(look, home, html);
  await scripts(look, html);
  await packed(look, 'runtime');
  await packed(look, 'check');
  await search(look);
  await missing(look);
  return look.findings;
}
