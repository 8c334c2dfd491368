/**
 * The reader's settings: radio buttons in a popover. Each is applied at once and kept under its name; the choice that
 * follows the system, or changes nothing, is kept by keeping nothing. The head of the page applies them before it paints.
 */
import { button, make } from './dialog.ts';
import { openKeys } from './keys.ts';
import { openWork } from './work.ts';

/** Name in storage and of the root's data attribute, words, the default, and the choices: value and words. */
const settings = [
  ['theme', 'Theme', 'system', ['system', 'System'], ['light', 'Light'], ['dark', 'Dark']],
  [
    'textsize',
    'Text size',
    'normal',
    ['small', 'Small'],
    ['normal', 'Normal'],
    ['large', 'Large'],
    ['largest', 'Largest'],
  ],
  ['contrast', 'Contrast', 'system', ['system', 'System'], ['normal', 'Normal'], ['more', 'High']],
  ['motion', 'Motion', 'system', ['system', 'System'], ['reduce', 'Reduced']],
  ['longlines', 'Long lines of code', 'scroll', ['scroll', 'Scroll'], ['wrap', 'Wrap']],
] as const;

const root = document.documentElement;

function keep(name: string, value: string | undefined): boolean {
  try {
    if (value === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

function tell(menu: HTMLElement, words: string): void {
  let note = menu.querySelector('[role="status"]');
  if (!note) {
    note = make('p', 'reader-note');
    note.setAttribute('role', 'status');
    menu.append(note);
  }
  note.textContent = words;
}

/** Said once it is known that choices last for this page only. */
const tellRefused = (menu: HTMLElement): void => {
  tell(menu, 'The browser keeps no settings here: they last for this page.');
};

function fields(menu: HTMLElement, [name, legend, initial, ...choices]: (typeof settings)[number]): HTMLElement {
  const set = make('fieldset', 'reader-setting', make('legend', '', legend));
  for (const [value, words] of choices) {
    const input = make('input', '');
    input.type = 'radio';
    input.name = name;
    input.value = value;
    input.addEventListener('change', () => {
      const chosen = value === initial ? undefined : value;
      if (chosen === undefined) root.removeAttribute(`data-${name}`);
      else root.dataset[name] = chosen;
      if (!keep(name, chosen)) tellRefused(menu);
    });
    set.append(make('label', '', input, words));
  }
  return set;
}

/** As the page is set now: another tab may have changed it. */
function check(menu: HTMLElement): void {
  for (const [name, , initial] of settings) {
    const inputs = [...menu.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
    const now =
      inputs.find(({ value }) => value === root.dataset[name]) ?? inputs.find(({ value }) => value === initial);
    if (now) now.checked = true;
  }
}

/** Loaded when it is asked for: few readers do. */
async function openOffline(menu: HTMLElement): Promise<void> {
  try {
    const loaded = await import('../offline/panel.ts');
    menu.hidePopover();
    loaded.openOffline();
  } catch {
    tell(menu, '“Keep for offline” did not load. Check the network and press it again.');
  }
}

function makeMenu(): HTMLElement {
  const menu = make('div', 'reader-menu');
  menu.id = 'reader-menu';
  menu.popover = 'auto';
  menu.setAttribute('role', 'group');
  menu.ariaLabel = 'Settings';
  const leaveTo = (open: () => void) => (): void => {
    menu.hidePopover();
    open();
  };
  menu.append(
    ...settings.map((setting) => fields(menu, setting)),
    button('Your progress and edits', leaveTo(openWork), 'reader-more'),
    button('Keep for offline', () => void openOffline(menu), 'reader-more'),
    button('Keys', leaveTo(openKeys), 'reader-more'),
  );
  menu.addEventListener('beforetoggle', ({ newState }) => {
    if (newState === 'open') check(menu);
  });
  return menu;
}

/** The first press; from then on the button opens and closes the menu without us. */
export function openSettings(opener?: HTMLElement): void {
  if (!(opener instanceof HTMLButtonElement) || opener.popoverTargetElement) return;
  const menu = makeMenu();
  // Behind its button, which is where Tab looks for it.
  opener.after(menu);
  opener.popoverTargetElement = menu;
  menu.showPopover();
}
