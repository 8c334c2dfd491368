/**
 * A drawing of a chapter as an image that needs nothing of the page: the classes that it is drawn with come along, in the
 * light theme's colours, on its paper, so that it can be read in a dark notebook too.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A stylesheet of the site in one line: no comments, and of each pair of colours the light one. */
function plainCss(name: string): string {
  return readFileSync(new URL(`../../site/styles/${name}`, import.meta.url), 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/light-dark\(([^,()]+), [^,()]+\)/g, '$1')
    .replace(/\s+/g, ' ');
}

let style: string | undefined;

function styleOfDrawings(): string {
  if (style !== undefined) return style;
  const token = /--(?:paper|raised|soft|line|ink|muted|accent|deepen|mark|font)[\w-]*: [^;]+;/g;
  const tokens = plainCss('tokens.css').match(token) ?? [];
  // The first of a name is the screen's; print has its own.
  const first = new Map(tokens.toReversed().map((one) => [one.slice(0, one.indexOf(':')), one]));
  const rules = plainCss('figures.css').replace(/@media.*$/s, '');
  style = `svg{${[...first.values()].toReversed().join('')}background:var(--paper)}${rules}`.trim();
  return style;
}

/** `svg` is the text of one, from a file or out of a page, where it needs no namespace. */
export function drawingAddress(svg: string): string {
  const alone = svg.replace(/<svg\b[^>]*>/, (tag) => {
    const named = /\sxmlns=/.test(tag) ? tag : tag.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
    return `${named}<style>${styleOfDrawings().replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</style>`;
  });
  return `data:image/svg+xml;base64,${Buffer.from(alone).toString('base64')}`;
}

const types: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
};

/** An image file of a chapter as an address that holds all of it; undefined for one that is no image or not there. */
export function imageAddress(root: string, file: string): string | undefined {
  const ending = /\.[a-z]+$/i.exec(file)?.[0].toLowerCase() ?? '';
  try {
    if (ending === '.svg') return drawingAddress(readFileSync(join(root, file), 'utf8'));
    const type = types[ending];
    return type === undefined ? undefined : `data:${type};base64,${readFileSync(join(root, file)).toString('base64')}`;
  } catch {
    return undefined;
  }
}
