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
    : document.querySelector<HTMLScriptElement>('script[src*="/embed/v1.js"]');

if (here === null)
  console.warn('py-cell: the script has to be loaded by a script element whose src ends in embed/v1.js.');
// A second script element, or a page of the course itself.
else if (customElements.get('py-cell') === undefined) defineElement(new URL('../', here.src));
