/** The colours and strokes of a timeline's picture, as CSS: in a page they follow its tokens, in a file of its own the viewer's theme. */

/** Lanes before colours repeat with patterns. */
export const COLOURS = 8;

/** Told apart with any kind of colour vision: after Okabe and Ito, darkened or lightened to 3:1 on their paper. */
const light = ['#0067a8', '#b84300', '#00775a', '#9b3f86', '#7d6000', '#4f5fc4', '#b3002d', '#4d4d4d'];
const dark = ['#62b6f0', '#f0a04b', '#3fc9a4', '#e79ccb', '#e3d44f', '#a3adff', '#ff8095', '#c4c8ce'];

const lanes = light.map((colour, place) => `--lane-${place}:light-dark(${colour},${dark[place] ?? ''})`).join(';');
const fills = light.map((_, place) => `.tl-c${place}{--lane:var(--lane-${place})}`).join('');

export const pageStyle = `
.tl{${lanes};display:block;width:100%;height:auto;font:12px var(--font-text,system-ui,sans-serif)}
${fills}
.tl text{fill:var(--ink);stroke:none}
.tl .tl-axis{fill:var(--muted);font-variant-numeric:tabular-nums}
.tl .tl-grid{stroke:var(--line);stroke-width:1}
.tl .tl-group{fill:var(--ink);fill-opacity:.04}
.tl .tl-inner{stroke:var(--muted);stroke-width:1}
.tl .tl-print{fill:var(--ink)}
.tl .tl-running,.tl .tl-dot{fill:var(--lane)}
.tl .tl-over{fill:var(--raised)}
.tl .tl-ready{fill:none;stroke:var(--lane);stroke-width:1}
.tl .tl-blocked{stroke:var(--lane);stroke-width:.75;stroke-opacity:.7}
.tl .tl-hatch{stroke:var(--lane);stroke-width:1;stroke-opacity:.65}
.tl .tl-reason{font-size:11px;paint-order:stroke;stroke:var(--raised);stroke-width:4px;stroke-linejoin:round}
.tl .tl-end{fill:none;stroke:var(--ink);stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.tl .tl-failed{stroke:var(--mark-error)}
.tl .tl-wake{stroke:var(--muted);stroke-width:1;fill:none}
.tl .tl-head{fill:var(--muted)}
.tl .tl-box{fill:none;stroke:var(--line)}
.tl .tl-who{font-weight:600}
.tl .tl-wait{fill:none;stroke:var(--muted);stroke-width:1.25}
.tl .tl-point{fill:var(--muted);stroke:none}
.tl .tl-circle{stroke:var(--mark-error);stroke-width:2.5}
.tl .tl-circle .tl-point{fill:var(--mark-error)}
@media (forced-colors:active){.tl{forced-color-adjust:none;${light.map((_, place) => `--lane-${place}:CanvasText`).join(';')};
--ink:CanvasText;--muted:CanvasText;--line:GrayText;--raised:Canvas;--mark-error:CanvasText}}
`;

/** The tokens of the page (src/site/styles/tokens.css) that the style above uses, for a file of its own. */
export const fileStyle = `svg{color-scheme:light dark;background:light-dark(#fffefb,#141a23);--raised:light-dark(#fffefb,#141a23);
--ink:light-dark(#1e1b16,#e4e6ea);--muted:light-dark(#5b5548,#a5aebb);--line:light-dark(#e0d9ca,#2a3442);
--mark-error:light-dark(#a3271c,#ff9a8c)}${pageStyle}`;
