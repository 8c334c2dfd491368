/** The tabs of the program and its files, as the ARIA practices describe them: arrows move and select. */
import { make } from '../make.ts';

const idOf = (index: number): string => `playground-tab-${index}`;

/** The panel of the first name is `program`, that of every other is `file`. */
export function showTabs(
  list: HTMLElement,
  names: readonly string[],
  selected: number,
  panels: { readonly program: HTMLElement; readonly file: HTMLElement },
): void {
  const focused = list.contains(document.activeElement);
  panels.program.id = 'playground-program';
  panels.file.id = 'playground-file';
  const tabs = names.map((name, index) => {
    const tab = make('button', '', name);
    tab.type = 'button';
    tab.id = idOf(index);
    tab.role = 'tab';
    tab.ariaSelected = String(index === selected);
    tab.tabIndex = index === selected ? 0 : -1;
    // The panel of another file is not there.
    if (index === 0 || index === selected)
      tab.setAttribute('aria-controls', (index === 0 ? panels.program : panels.file).id);
    return tab;
  });
  list.replaceChildren(...tabs);
  for (const [panel, index] of [
    [panels.program, 0],
    [panels.file, selected],
  ] as const) {
    panel.role = 'tabpanel';
    panel.setAttribute('aria-labelledby', idOf(index));
  }
  panels.program.hidden = selected !== 0;
  panels.file.hidden = selected === 0;
  if (focused) tabs[selected]?.focus();
}

/** `select` is called with the index of the tab that a reader goes to. */
export function followTabs(list: HTMLElement, select: (index: number) => void): void {
  const tabs = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  list.addEventListener('click', ({ target }) => {
    const index = tabs().findIndex((tab) => tab === target);
    if (index >= 0) select(index);
  });
  list.addEventListener('keydown', (event) => {
    const all = tabs();
    const at = all.findIndex((tab) => tab === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    select((to + all.length) % all.length);
  });
}
