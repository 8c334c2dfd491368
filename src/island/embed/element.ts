/**
 * `<py-cell>` of version 1, for pages of other sites (`docs/embed.md`): a program's text, and in its place, once that has
 * answered, a frame of the course that runs it.
 *
 * Invariant: what the teacher wrote stays readable until the frame shows it, and stands again when the frame is gone.
 */
import { embedBounds, type EmbeddedProgram, type EmbedTheme } from '../../protocol/embed.ts';
import { fragmentOf } from '../playground/link.ts';
import { HostFrame } from './host-frame.ts';
import { saidOf, writtenIn } from './program.ts';
import { sheet } from './sheet.ts';
import { TextView } from './text-view.ts';
import { followTheme } from './theme.ts';

const words = (program: EmbeddedProgram): string =>
  program.name ?? program.title ?? (program.mode === 'script' ? 'Program' : 'Cell');

const tooLong = (programs: readonly EmbeddedProgram[]): boolean =>
  programs.length > embedBounds.programs || programs.some(({ source }) => source.length > embedBounds.source);

/** A link that opens the course's playground with all of `programs` as one. */
async function playgroundLink(course: URL, programs: readonly EmbeddedProgram[]): Promise<Element | undefined> {
  const last = programs.at(-1);
  const text = programs.map(({ source }) => source.replace(/\n*$/, '\n')).join('\n\n');
  const fragment = last && (await fragmentOf({ mode: last.mode, files: [{ name: last.name ?? 'main.py', text }] }));
  if (fragment === undefined) return undefined;
  const link = document.createElement('a');
  link.href = new URL(`playground/${fragment}`, course).href;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = `Open it at ${course.host}`;
  return link;
}

/** `course` is the address of the course's home page. */
export function defineElement(course: URL): void {
  class EmbeddedCell extends HTMLElement {
    static readonly observedAttributes = ['theme'];

    readonly #root = this.attachShadow({ mode: 'open' });
    #source: Promise<string> | undefined;
    #connected: AbortController | undefined;
    #lookAtTheme: (() => void) | undefined;

    connectedCallback(): void {
      this.#root.adoptedStyleSheets = [sheet()];
      this.#root.replaceChildren(document.createElement('slot'));
      const connected = (this.#connected = new AbortController());
      const { signal } = connected;
      const open = (): void => void this.#open(signal);
      // The parser has not come to the text yet.
      if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', open, { signal });
      else queueMicrotask(open);
    }

    disconnectedCallback(): void {
      this.#connected?.abort();
    }

    attributeChangedCallback(): void {
      this.#lookAtTheme?.();
    }

    /** What stands in the element or in the file that `src` names; rejects when that does not come. */
    get source(): Promise<string> {
      this.#source ??= this.#read();
      return this.#source;
    }

    async #read(): Promise<string> {
      const src = this.getAttribute('src');
      if (src === null) return writtenIn(this);
      const answer = await fetch(new URL(src, document.baseURI));
      if (!answer.ok) throw new Error(`${src}: ${answer.status} ${answer.statusText}`);
      return answer.text();
    }

    /** Only a notebook has names that another cell can go on with. */
    get #before(): EmbeddedCell | undefined {
      const id = this.getAttribute('after');
      if (id === null) return undefined;
      const found = document.getElementById(id);
      const notebooks = [this, found].every((each) => each?.getAttribute('mode') === 'notebook');
      if (found instanceof EmbeddedCell && notebooks) return found;
      console.warn(`py-cell: after="${id}" has no effect. It names a py-cell, and both need mode="notebook".`);
      return undefined;
    }

    /** This one and all that it continues, which comes first. */
    #chain(): readonly EmbeddedCell[] {
      const chain: EmbeddedCell[] = [this];
      for (let next = this.#before; next && !chain.includes(next); next = next.#before) chain.unshift(next);
      return chain;
    }

    /** Undefined where one does not come. */
    async #programs(): Promise<readonly EmbeddedProgram[] | undefined> {
      try {
        return await Promise.all(this.#chain().map(async (cell) => ({ ...saidOf(cell), source: await cell.source })));
      } catch (error) {
        console.warn('py-cell: a program did not come.', error);
        return undefined;
      }
    }

    async #open(signal: AbortSignal): Promise<void> {
      const programs = await this.#programs();
      const program = programs?.at(-1);
      if (!programs || !program || signal.aborted) return;
      const name = words(program);
      const view = new TextView(name, program);
      this.#root.replaceChildren(view.element);
      if (tooLong(programs)) {
        view.note('This program is too long to run here.');
        return;
      }
      let theme: EmbedTheme = 'light';
      const frame = new HostFrame(
        new URL('embed/v1/', course),
        `${name}, Python that runs here`,
        {
          ready: () => {
            frame.say({ type: 'embed.open', programs, theme });
          },
          height: (pixels) => {
            const given = Number(this.getAttribute('height'));
            frame.element.style.height = `${given > 0 ? given : pixels}px`;
            frame.element.className = '';
            view.element.remove();
          },
          silent: () => {
            void playgroundLink(course, programs).then((link) => {
              view.note(`This program cannot run here: ${course.host} does not answer. `, ...(link ? [link] : []));
            });
          },
        },
        signal,
      );
      frame.element.className = 'waits';
      this.#root.append(frame.element);
      this.#lookAtTheme = followTheme(
        this,
        (now) => {
          theme = now;
          for (const { style } of [view.element, frame.element]) style.colorScheme = theme;
          frame.say({ type: 'embed.theme', theme });
        },
        signal,
      );
    }
  }
  customElements.define('py-cell', EmbeddedCell);
}
