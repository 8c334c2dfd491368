/** The picture: valid, whatever a program calls its threads; bounded, however much happens; folded, where lanes are alike. */
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../src/timeline/layout.ts';
import type { Story } from '../../../src/timeline/story.ts';
import { svgOf } from '../../../src/timeline/svg.ts';
import { crowd, story, storyFrom } from './run.ts';

const draw = (of: Story, width = 960, open?: ReadonlySet<string>): string =>
  svgOf(of, layOut(of, { width, ...(open && { open }) }), { title: 'A run', prefix: 'one' });

const count = (svg: string, text: string): number => svg.split(text).length - 1;

describe('the picture of a run', () => {
  const svg = draw(story);

  it('has a lane for each thread, its waits hatched with the reason, its end marked', () => {
    for (const { name } of story.lanes) expect(svg).toContain(`>${name}</text>`);
    expect(svg).toContain('>lock</text>');
    expect(svg).toContain(
      'want waits 53 ms for the Lock lock that hold held at line 11 at line 16, until hold woke it at line 11',
    );
    expect(count(svg, '<title>ended</title>')).toBe(5);
    expect(count(svg, '<title>failed</title>')).toBe(1);
    expect(svg).toContain('<title>printed: got it</title>');
  });

  it('names itself, and refers to nothing but what it has', () => {
    expect(svg).toMatch(/role="img" aria-labelledby="one-title"><title id="one-title">A run<\/title>/);
    const ids = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
    expect(svg).not.toMatch(/ style=|<style/);
  });

  it('stays inside its width, also on a phone, where names stand above the lanes', () => {
    for (const width of [360, 960]) {
      const { rows, narrow } = layOut(story, { width });
      expect(narrow).toBe(width === 360);
      for (const row of rows) {
        if (row.kind !== 'lane') continue;
        for (const { x, width: wide } of [...row.running, ...row.ready, ...row.blocked])
          expect(x + wide).toBeLessThanOrEqual(width - 20);
      }
    }
  });

  it('brings its colours along in a file of its own', () => {
    const file = svgOf(story, layOut(story, { width: 960 }), { title: 'A run', prefix: 'one', file: true });
    expect(file).toMatch(/width="960" height="\d+"/);
    expect(file).toContain('light-dark(');
  });
});

it('never lets a name become markup', () => {
  const name = '</text><script>alert(1)</script>\u0000"&';
  const svg = draw(storyFrom([name], [{ what: 'runs', lane: 0, at: 0 }, { what: 'ended', lane: 0, at: 1 }])); // prettier-ignore
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('\u0000');
  const tags = new Set<string>();
  const visit = (node: { readonly tagName?: string; readonly childNodes?: readonly object[] }): void => {
    if (node.tagName !== undefined) tags.add(node.tagName);
    for (const child of node.childNodes ?? []) visit(child);
  };
  visit(parseFragment(svg));
  expect([...tags].sort()).toEqual(['defs', 'g', 'path', 'pattern', 'svg', 'text', 'title']);
});

it('gives eight lanes a colour each, and those beyond a pattern besides', () => {
  const names = Array.from('abcdefghijkl');
  const svg = draw(
    storyFrom(
      names,
      names.map((_, lane) => ({ what: 'runs', lane, at: lane }) as const),
    ),
  );
  for (const colour of [0, 1, 2, 3, 4, 5, 6, 7]) expect(svg).toContain(`<g class="tl-c${colour}">`);
  expect(count(svg, 'fill="url(#one-dots)"')).toBe(4);
});

it('folds many like lanes into one band, which opens', () => {
  const pool = crowd(1000, 3000);
  const closed = layOut(pool, { width: 960 });
  expect(closed.rows).toMatchObject([{ kind: 'band', name: 'worker-…' }]);
  const [band] = closed.rows;
  expect(band?.kind === 'band' && band.lanes).toHaveLength(1000);
  for (const column of band?.kind === 'band' ? band.columns : [])
    expect(column.running + column.ready + column.blocked).toBeLessThan(1.01);
  expect(layOut(pool, { width: 960, open: new Set(['worker-…']) }).rows).toHaveLength(1000);
  expect(layOut(crowd(12, 100), { width: 960 }).rows).toHaveLength(12);
});

it('has at most a few marks for each pixel of a lane', () => {
  const busy = crowd(2, 100_000);
  for (const row of layOut(busy, { width: 960 }).rows)
    expect(row.kind === 'lane' && row.running.length + row.ready.length + row.blocked.length).toBeLessThan(6 * 960);
});
