/** Draws the two figures of this chapter: the hub with the switches to and from it, and what each kind of suspension keeps. */
import { writeFileSync } from 'node:fs';

const text = (x: number, y: number, content: string, look = 'fig-text', anchor = 'middle'): string =>
  `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

const box = (x: number, y: number, width: number, height: number, look = 'fig-box'): string =>
  `<rect class="${look}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>`;

function save(name: string, width: number, height: number, body: readonly string[]): void {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`;
  writeFileSync(new URL(`./${name}.svg`, import.meta.url), [open, ...body, '</svg>', ''].join('\n'));
}

/** One greenlet in its own row: above the upper arrow the call that leads to the hub, below the lower one the event that leads back. */
const row = (y: number, name: string, call: string, event: string): readonly string[] => [
  box(10, y - 24, 84, 48),
  text(52, y + 5, name, 'fig-text fig-code'),
  `<path class="fig-line" d="M94 ${y - 10}H236m-7 -5l7 5l-7 5"/>`,
  text(164, y - 17, call, 'fig-muted fig-code'),
  `<path class="fig-accent-line" d="M240 ${y + 10}H98m7 -5l-7 5l7 5"/>`,
  text(168, y + 26, event, 'fig-accent-text'),
];

save('hub', 350, 262, [
  box(240, 10, 100, 242, 'fig-soft'),
  text(290, 126, 'hub'),
  text(290, 146, 'event loop', 'fig-muted'),
  ...row(46, 'main', 'joinall()', 'all have ended'),
  ...row(130, 'foo', 'sleep()', 'timer'),
  ...row(214, 'bar', 'recv()', 'data is there'),
]);

const FRAME = { width: 104, height: 34 };
const frame = (x: number, y: number, name: string): string =>
  box(x, y, FRAME.width, FRAME.height) + text(x + FRAME.width / 2, y + 22, name, 'fig-text fig-code');

const NAMES = ['fetch', 'read', 'recv'];
const chain = NAMES.flatMap((name, i) => {
  const y = 58 + i * 62;
  const word = text(262, y + 53, 'await', 'fig-accent-text fig-code', 'start');
  const arrow = `<path class="fig-accent-line" d="M250 ${y + FRAME.height}v24m-5 -7l5 7l5 -7"/>`;
  return i < NAMES.length - 1 ? [frame(198, y, name), arrow, word] : [frame(198, y, name)];
});

save('stacks', 540, 268, [
  text(72, 24, 'generator'),
  frame(20, 58, 'walk'),
  text(72, 112, 'yield', 'fig-accent-text fig-code'),
  text(250, 24, 'coroutines'),
  ...chain,
  text(440, 24, 'greenlet'),
  box(374, 46, 132, 126, 'fig-soft'),
  ...NAMES.map((name, i) => frame(388, 58 + i * 34, name)),
  text(440, 194, 'switch', 'fig-accent-text fig-code'),
  text(72, 248, 'one frame', 'fig-muted'),
  text(250, 248, 'a frame per await', 'fig-muted'),
  text(440, 248, 'a whole stack', 'fig-muted'),
]);
