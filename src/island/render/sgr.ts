/**
 * The state of a terminal's colours ("Select Graphic Rendition", ECMA-48 8.3.117) as CSS classes.
 *
 * Every colour falls to the nearest of eight named ones, a bright one to its plain twin: these follow the theme and keep
 * their contrast. "Concealed" and "blink" are not obeyed: nothing in an output may be hidden or move.
 */
import Anser from 'anser';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const decorations: ReadonlySet<string> = new Set(['bold', 'dim', 'italic', 'underline', 'strikethrough']);

export class Sgr {
  readonly #anser = new Anser();
  className = '';

  /** `parameters` stand between `ESC [` and `m`. */
  apply(parameters: string): void {
    const state = this.#anser.processChunkJson(`${parameters}m`, { json: true, use_classes: true }, true);
    // Anser's types leave out that a colour is null when it is the default.
    const fg = colour(state.fg, state.fg_truecolor);
    const bg = colour(state.bg, state.bg_truecolor);
    const active = new Set<string>(state.decorations);
    const classes = [...active].filter((decoration) => decorations.has(decoration)).map((name) => `ansi-${name}`);
    if (active.has('reverse')) {
      classes.push('ansi-reverse');
    } else {
      if (fg) classes.push(`ansi-fg-${fg}`);
      if (bg) classes.push(`ansi-bg-${bg}`);
    }
    this.className = classes.join(' ');
  }
}

function colour(name: string | null, rgb: string | null): string | undefined {
  if (name === null) return undefined;
  if (name === 'ansi-truecolor') return nearest((rgb ?? '').split(', ').map(Number));
  const palette = /^ansi-palette-(\d+)$/.exec(name)?.[1];
  return palette === undefined ? name.replace(/^ansi-(bright-)?/, '') : nearest(paletteRgb(Number(palette)));
}

/** The 6×6×6 cube (16 to 231) and the greys (232 to 255) of a 256-colour terminal. */
function paletteRgb(index: number): number[] {
  if (index >= 232) return Array.from({ length: 3 }, () => 8 + (index - 232) * 10);
  const cube = index - 16;
  return [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) =>
    level === 0 ? 0 : 55 + 40 * level,
  );
}

function nearest([red = 0, green = 0, blue = 0]: readonly number[]): string {
  const brightest = Math.max(red, green, blue);
  if (brightest < 40) return 'black';
  const bits = [red, green, blue].map((level) => (level > brightest * 0.6 ? 1 : 0));
  const name = names[(bits[0] ?? 0) + 2 * (bits[1] ?? 0) + 4 * (bits[2] ?? 0)] ?? 'white';
  return name === 'white' && brightest < 160 ? 'black' : name;
}
