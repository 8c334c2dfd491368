/** The ids of a chapter that is being made: each may be in it once. */

export class Anchors {
  readonly #taken = new Set(['main', 'outline', 'outcomes-title', 'toc-title']);
  readonly #planned = new Map<string, string[]>();
  /** Anchors of headings by what Jupyter calls them. */
  readonly #ofHeadings = new Map<string, string>();

  take(id: string): boolean {
    if (this.#taken.has(id)) return false;
    this.#taken.add(id);
    return true;
  }

  /** An id that is free, from the words of a text. */
  free(text: string, otherwise: string): string {
    const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    while (/^[0-9]/.test(words[0] ?? '')) words.shift();
    const stem = words.slice(0, 5).join('-').slice(0, 50).replace(/-$/, '') || otherwise;
    for (let number = 1; ; number++) {
      const id = number === 1 ? stem : `${stem}-${number}`;
      if (this.take(id)) return id;
    }
  }

  /** Gives a heading its anchor before the links to it are followed. */
  plan(text: string): void {
    const id = this.free(text, 'section');
    this.#planned.set(text, [...(this.#planned.get(text) ?? []), id]);
    const name = text.trim().replaceAll(/\s+/g, '-').toLowerCase();
    if (!this.#ofHeadings.has(name)) this.#ofHeadings.set(name, id);
  }

  /** Of the next heading that says `text`. */
  heading(text: string): string {
    return this.#planned.get(text)?.shift() ?? this.free(text, 'section');
  }

  /** Where a link inside of the notebook leads, by its part after `#`. */
  ofLink(fragment: string): string | undefined {
    let text = fragment;
    try {
      text = decodeURIComponent(fragment);
    } catch {
      // As it stands.
    }
    return this.#ofHeadings.get(text.toLowerCase());
  }
}
