import { expect, it } from 'vitest';
import { breakNames } from '../../../src/build/break-names.ts';
import { elementsOf, splice } from '../../../src/build/html.ts';

const broken = (html: string): string => splice(html, breakNames(html, elementsOf(html)));

it('lets a long name of a heading or an index go on after a dot or an underscore, and before a capital', () => {
  expect(broken('<h2 id="a">Use <code>multiprocessing.Process</code></h2>')).toBe(
    '<h2 id="a">Use <code>multiprocessing.<wbr>Process</code></h2>',
  );
  expect(broken('<dt>trio.to_thread.current_limiter</dt>')).toBe(
    '<dt>trio.<wbr>to_<wbr>thread.<wbr>current_<wbr>limiter</dt>',
  );
  expect(broken('<h3>InterpreterPoolExecutor &amp; more</h3>')).toBe(
    '<h3>Interpreter<wbr>Pool<wbr>Executor &amp; more</h3>',
  );
});

it('leaves names alone that fit, and those in a box that scrolls', () => {
  for (const html of [
    '<h2>ThreadPoolExecutor, sized</h2>',
    '<p><code>multiprocessing.Process</code></p>',
    '<pre><code>concurrent.futures.InterpreterPoolExecutor</code></pre>',
    '<table><tbody><tr><td><code>concurrent.futures.InterpreterPoolExecutor</code></td></tr></tbody></table>',
    '<p title="concurrent.futures.InterpreterPoolExecutor">in words</p>',
  ])
    expect(broken(html)).toBe(html);
});

it('lets a name in a sentence go on that is too long for any line of a phone', () => {
  expect(broken('<p><code>concurrent.futures.InterpreterPoolExecutor</code></p>')).toBe(
    '<p><code>concurrent.<wbr>futures.<wbr>Interpreter<wbr>Pool<wbr>Executor</code></p>',
  );
});
