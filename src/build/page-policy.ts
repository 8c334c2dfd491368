/**
 * The Content Security Policy of one built page: only its own files, and the inline scripts and styles that the build
 * wrote, by hash. What a hash cannot allow (event attributes, style attributes) is a fault of the page.
 */
import { createHash } from 'node:crypto';
import { attribute, textOf, type Edit, type Element } from './html.ts';

export interface Allowance {
  /** Source expressions of further scripts, such as the sandbox frame's: a `srcdoc` document is under its page's policy too. */
  readonly scripts: readonly string[];
}

export type PolicyResult =
  | { readonly ok: true; readonly edit: Edit }
  /** What in the page no strict policy can allow, one sentence each. */
  | { readonly ok: false; readonly faults: readonly string[] };

/** Types of `<script>` that a browser runs or reads as instructions; any other is data and needs no allowance. */
const RUN = new Set(['', 'module', 'importmap', 'speculationrules', 'text/javascript', 'application/javascript']);

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function isInlineScript(element: Element): boolean {
  return (
    element.tagName === 'script' &&
    attribute(element, 'src') === undefined &&
    RUN.has(attribute(element, 'type')?.trim().toLowerCase() ?? '')
  );
}

function faultsOf(element: Element): string[] {
  return element.attrs.flatMap(({ name, value }) => {
    const where = `<${element.tagName} ${name}="${value.slice(0, 60)}">`;
    if (name === 'style') return [`${where}: the policy allows no style attribute; use a class`];
    if (name.startsWith('on')) return [`${where}: the policy allows no event attribute; add a listener in a script`];
    if (/^\s*javascript:/i.test(value) && name === 'href')
      return [`${where}: the policy allows no javascript: address; use a button`];
    return [];
  });
}

function policyFor(elements: readonly Element[], allowance: Allowance): string {
  const hashes = (wanted: (element: Element) => boolean): string[] => [
    ...new Set(elements.filter(wanted).map((element) => hashSource(textOf(element)))),
  ];
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    // blob: and 'wasm-unsafe-eval' are the sandbox frame's; search compiles WebAssembly too. Neither is eval.
    'script-src': ["'self'", 'blob:', "'wasm-unsafe-eval'", ...hashes(isInlineScript), ...allowance.scripts],
    'style-src': ["'self'", ...hashes((element) => element.tagName === 'style')],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'media-src': ["'self'"],
    'connect-src': ["'self'"],
    // 'self': the search worker. blob: the sandbox's workers.
    'worker-src': ["'self'", 'blob:'],
    // No page is framed; the sandbox is a srcdoc document, which this directive does not govern.
    'frame-src': ["'none'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** The edit that puts the policy right after the page's charset, before anything that it governs. */
export function pagePolicy(elements: readonly Element[], allowance: Allowance): PolicyResult {
  const faults = elements.flatMap(faultsOf);
  const charset = elements.find((element) => element.tagName === 'meta' && attribute(element, 'charset') !== undefined);
  const at = charset?.sourceCodeLocation?.endOffset;
  if (at === undefined) faults.push('the page has no <meta charset>, after which the policy goes');
  if (at === undefined || faults.length > 0) return { ok: false, faults };
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policyFor(elements, allowance)}">`;
  return { ok: true, edit: { start: at, end: at, text: meta } };
}
