/** Tabs as the ARIA practices describe them: arrows move and select; a panel found by search or by hash opens itself. */

let made = 0;

class TabSet extends HTMLElement {
  connectedCallback(): void {
    const list = this.querySelector(':scope > .tab-list');
    const tabs = [...(list?.querySelectorAll<HTMLButtonElement>('[role=tab]') ?? [])];
    const panels = [...this.querySelectorAll<HTMLElement>(':scope > .tab-panel')];
    const select = (index: number): void => {
      for (const [i, tab] of tabs.entries()) {
        tab.setAttribute('aria-selected', String(i === index));
        tab.tabIndex = i === index ? 0 : -1;
        if (i === index) panels[i]?.removeAttribute('hidden');
        else panels[i]?.setAttribute('hidden', 'until-found');
      }
    };
    for (const [index, panel] of panels.entries()) {
      const tab = tabs[index];
      if (tab === undefined) continue;
      made += 1;
      panel.id ||= `tab-panel-${made}`;
      tab.id ||= `tab-${made}`;
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', tab.id);
      tab.setAttribute('aria-controls', panel.id);
      tab.addEventListener('click', () => {
        select(index);
      });
      panel.addEventListener('beforematch', () => {
        select(index);
      });
    }
    list?.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent)) return;
      const at = tabs.findIndex((tab) => tab === document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      const index = (to + tabs.length) % tabs.length;
      select(index);
      tabs[index]?.focus();
    });
    const target =
      location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const opened = panels.findIndex((panel) => target !== null && panel.contains(target));
    select(Math.max(0, opened));
    if (opened > 0) target?.scrollIntoView();
  }
}

customElements.define('tab-set', TabSet);
