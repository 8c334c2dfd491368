/**
 * `embed/v1.js`, the script that pages of other sites load: it defines `<py-cell>` there. A classic script, so that the host
 * of the course needs no header for it; `type="module"` does as well where the host sends one.
 *
 * Invariant: what `docs/embed.md` promises of version 1 stays as it is; what cannot is another version, beside this one.
 */
import { defineElement } from './element.ts';

const here =
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : document.querySelector<HTMLScriptElement>('script[src*="/embed/v1.js"], script[data-course]');

/** Two folders above the script, unless a copy of it on another site says where. */
function courseOf(script: HTMLScriptElement): URL {
  const { course } = script.dataset;
  return course === undefined ? new URL('../', script.src) : new URL(course.replace(/\/*$/, '/'), document.baseURI);
}

if (here === null)
  console.warn('py-cell: load it by a script element whose src ends in embed/v1.js, or with data-course.');
// A second script element, or a page of the course itself.
else if (customElements.get('py-cell') === undefined) defineElement(courseOf(here));
