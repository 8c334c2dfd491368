/**
 * How a cell looks in the page of another site until its frame has come: as the frame's own page has it, in pixels, since a
 * rem is another site's. As a sheet of the shadow root it needs no leave of the page's policy, and the page's styles do not
 * reach it.
 */
const rules = `
:host {
  --code: ui-monospace, 'Cascadia Code', 'SF Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  display: block;
  position: relative;
  margin-block: 1.5em;
}
:host([hidden]) { display: none; }
.card {
  border: 1px solid light-dark(#e0d9ca, #2a3442);
  border-radius: 6px;
  background: light-dark(#fffefb, #141a23);
  color: light-dark(#1e1b16, #e4e6ea);
  text-align: start;
}
.name {
  display: flex;
  align-items: center;
  box-sizing: border-box;
  min-height: 42px;
  padding: 3px 16px;
  border-bottom: 1px solid light-dark(#e0d9ca, #2a3442);
  color: light-dark(#5b5548, #a5aebb);
  font: 600 13px/1.3 system-ui, sans-serif;
}
.name.is-file { font-family: var(--code); font-weight: 500; }
.text {
  margin: 0;
  padding: 13px 16px;
  font: 15.3px/22.95px var(--code);
  tab-size: 4;
  white-space: pre;
  overflow-x: auto;
}
.text:focus-visible { outline: 2px solid light-dark(#0a5c5a, #62c9be); outline-offset: -2px; }
.note:empty { display: none; }
.note {
  margin: 0;
  padding: 8px 16px;
  border-top: 1px solid light-dark(#e0d9ca, #2a3442);
  color: light-dark(#5b5548, #a5aebb);
  font: 14px/1.4 system-ui, sans-serif;
}
.note a { color: light-dark(#0a5c5a, #62c9be); }
@media (width < 672px) {
  .name { align-items: start; min-height: 63px; padding: 6px 12px; }
  .text { padding-inline: 12px; font-size: 13px; line-height: 19.5px; }
}
iframe { display: block; width: 100%; border: 0; }
iframe.waits { position: absolute; inset: 0; height: 100%; visibility: hidden; }
`;

let shared: CSSStyleSheet | undefined;

/** One for all cells of the page. */
export function sheet(): CSSStyleSheet {
  if (shared) return shared;
  shared = new CSSStyleSheet();
  shared.replaceSync(rules);
  return shared;
}
