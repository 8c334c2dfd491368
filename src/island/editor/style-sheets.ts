/**
 * Lets CodeMirror's style sheets into a page whose policy allows no inline styles.
 *
 * style-mod (4.1) writes a `<style>` element into a document, which the policy blocks, and adopts a constructed sheet only
 * in a shadow root. Given a root without a head it adopts in a document as well: the policy governs text of the page,
 * not the object model. The browser tests of the editor fail when a new version of style-mod breaks this.
 */
import { StyleModule } from 'style-mod';

/** The parts of a shadow root that `StyleModule.mount` uses. style-mod keeps its sheet on it, so there is one. */
const adopting = {
  ownerDocument: document,
  get adoptedStyleSheets() {
    return document.adoptedStyleSheets;
  },
  set adoptedStyleSheets(sheets) {
    document.adoptedStyleSheets = sheets;
  },
};

const mount = StyleModule.mount.bind(StyleModule);

/** Call before the first view is made; calling it again changes nothing. */
export function adoptStyleSheets(): void {
  StyleModule.mount = (root, modules, options) => {
    mount(root === document ? (adopting as ShadowRoot) : root, modules, options);
  };
}
