/** The section that is being read: the last whose heading is above the upper third. Marked in “On this page”. */

export interface Section {
  readonly id: string;
  readonly title: string;
}

const links = new Map<string, HTMLAnchorElement>();
for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-toc] a'))
  links.set(decodeURIComponent(link.hash.slice(1)), link);
const headings = [...links.keys()].flatMap((id) => document.getElementById(id) ?? []);

let current: HTMLAnchorElement | undefined;

function mark(link: HTMLAnchorElement | undefined): void {
  if (link === current) return;
  current?.removeAttribute('aria-current');
  link?.setAttribute('aria-current', 'location');
  current = link;
}

/** Undefined above the first heading, and in a page without sections. */
export function markSection(): Section | undefined {
  const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
  const read = end ? headings.at(-1) : above.at(-1);
  const link = read && links.get(read.id);
  mark(link);
  return read && link && { id: read.id, title: link.textContent.trim() };
}
