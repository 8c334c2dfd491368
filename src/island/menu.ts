/** The menus of cells: one is open at a time; a choice, Escape or a click elsewhere closes it. */

const openMenus = 'py-cell .cell-menu[open]';

/** Closes every open menu; focus inside one goes to the menu's own button when `within` holds it. */
export function closeMenus(within?: Element): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(openMenus)) {
    const focused = menu.contains(document.activeElement);
    menu.open = false;
    if (focused && within?.contains(menu)) menu.querySelector('summary')?.focus();
  }
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeMenus(document.body);
});
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(openMenus)) {
    if (!menu.contains(event.target as Node)) menu.open = false;
  }
});
