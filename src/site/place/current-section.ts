/** Marks in “On this page” the section that is being read: the last whose heading is above the upper third. */

const list = document.querySelector('[data-toc]');
const links = new Map<string, HTMLAnchorElement>();
for (const link of list?.querySelectorAll('a') ?? []) links.set(decodeURIComponent(link.hash.slice(1)), link);
const headings = [...links.keys()].flatMap((id) => document.getElementById(id) ?? []);

if (headings.length > 0) {
  let current: HTMLAnchorElement | undefined;
  const mark = (link: HTMLAnchorElement | undefined): void => {
    if (link === current) return;
    current?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'location');
    current = link;
  };
  const update = (): void => {
    const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const read = end ? headings.at(-1) : above.at(-1);
    mark(read === undefined ? undefined : links.get(read.id));
  };
  let waiting = false;
  const later = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      update();
    });
  };
  addEventListener('scroll', later, { passive: true });
  addEventListener('resize', later, { passive: true });
  later();
}
