/** An option in a sentence is one piece of its code; all other code is as the author wrote it. */
import { evaluate } from 'satteri';
import { expect, it } from 'vitest';
import { options } from '../../../src/build/options.ts';

interface Props {
  readonly class?: string;
  readonly children?: unknown;
}

/** The compiled page as HTML, with the class of each element and nothing else of it. */
function html(text: string): string {
  const show = (children: unknown): string =>
    Array.isArray(children) ? children.map(show).join('') : String(children);
  const jsx = (type: unknown, props: unknown): string => {
    const { class: name, children = '' } = props as Props;
    if (type === 'Fragment') return show(children);
    return `<${String(type)}${name === undefined ? '' : ` class="${name}"`}>${show(children)}</${String(type)}>`;
  };
  const fileURL = new URL('file:///project/content/02-generators/index.mdx');
  const page = evaluate(text, { mdastPlugins: [options], fileURL, Fragment: 'Fragment', jsx, jsxs: jsx });
  if (page instanceof Promise || typeof page.default !== 'function') throw new TypeError('not a page');
  return String(Reflect.apply(page.default, undefined, [{}]));
}

it.each([
  ['python -m pdb -p PID', 'python <span class="option">-m</span> pdb <span class="option">-p</span> PID'],
  ['--check', '<span class="option">--check</span>'],
  ['-0.0', '<span class="option">-0.0</span>'],
  ['Thread-7 (worker)', 'Thread-7 (worker)'],
  ['a - b', 'a - b'],
])('%s', (code, shown) => {
  expect(html(`Say \`${code}\`.`)).toBe(`<p>Say <code>${shown}</code>.</p>`);
});
