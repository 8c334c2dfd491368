import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { elementsOf, splice } from '../../../src/build/html.ts';
import { pagePolicy } from '../../../src/build/page-policy.ts';

const applyPolicy = (html: string, { scripts }: { readonly scripts: readonly string[] }) => {
  const result = pagePolicy(elementsOf(html), { scripts });
  return result.ok ? { ok: true as const, html: splice(html, [result.edit]) } : result;
};

const page = (head: string, body = ''): string =>
  `<!doctype html><html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
const sha = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function policyOf(html: string, scripts: readonly string[] = []): Map<string, readonly string[]> {
  const result = applyPolicy(html, { scripts });
  if (!result.ok) throw new Error(result.faults.join('\n'));
  const content = /<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(
    result.html,
  )?.[1];
  if (content === undefined) throw new Error('no policy right after the charset');
  return new Map(
    content.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1)]),
  );
}

describe('policy', () => {
  it('allows each inline script and style by its hash, and each once', () => {
    const policy = policyOf(
      page('<style>a{}</style><script>1 < 2</script><script type="module">x</script>', '<script>1 < 2</script>'),
    );
    const scripts = policy.get('script-src') ?? [];
    expect(scripts.filter((source) => source.startsWith("'sha256-"))).toEqual([sha('1 < 2'), sha('x')]);
    expect(policy.get('style-src')).toEqual(["'self'", sha('a{}')]);
  });

  it('never allows inline code or eval at large', () => {
    const all = [...policyOf(page('<script>x</script>')).values()].flat();
    expect(all).not.toContain("'unsafe-inline'");
    expect(all).not.toContain("'unsafe-eval'");
    expect(all).not.toContain('*');
    expect(policyOf(page('')).get('default-src')).toEqual(["'none'"]);
    expect(policyOf(page('')).get('connect-src')).toEqual(["'self'"]);
  });

  it('takes no hash of data blocks and linked scripts', () => {
    const policy = policyOf(page('<script type="application/json">{}</script><script src="a.js"></script>'));
    expect(policy.get('script-src')?.some((source) => source.startsWith("'sha256-"))).toBe(false);
  });

  it('allows the sandbox frame by the hash it is given', () => {
    expect(policyOf(page(''), ["'sha256-frame'"]).get('script-src')).toContain("'sha256-frame'");
  });

  it('names what no strict policy can allow', () => {
    const result = applyPolicy(page('', '<p style="color:red" onclick="x()"></p><a href="javascript:x()">y</a>'), {
      scripts: [],
    });
    expect(result).toMatchObject({ ok: false });
    expect(result.ok ? [] : result.faults).toHaveLength(3);
  });

  it('refuses a page without a charset', () => {
    expect(applyPolicy('<!doctype html><title>x</title>', { scripts: [] }).ok).toBe(false);
  });
});
