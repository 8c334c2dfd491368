/**
 * What every page carries for its reader: the buttons and the key that open settings, keys and saved work, and a look at
 * whether anything is kept. All else comes when it is needed.
 */
import { explain } from '../search/failure.ts';
import { isTyping } from '../search/typing.ts';

function open(part: string | undefined, opener?: HTMLElement): void {
  // Asked now, not when the code has come: until then what is open may have been closed.
  if (document.querySelector('dialog[open]')) return;
  import('./open.ts').then(
    (loaded) => loaded.open(part, opener),
    (error: unknown) => {
      explain('This', error);
    },
  );
}

document.addEventListener('click', ({ target }) => {
  const opener = (target as Element).closest<HTMLElement>('[data-reader]');
  if (opener) open(opener.dataset['reader'], opener);
});

document.addEventListener('keydown', (event) => {
  if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  event.preventDefault();
  open('keys');
});

let begun = false;

/** Also when another tab has kept the first. */
async function look(): Promise<void> {
  try {
    const kept = Object.keys(localStorage).filter((key) => key.startsWith('course-'));
    const places = kept.filter((key) => key.startsWith('course-place'));
    // Of the chapter whose page this is, opened at its start.
    if (!begun && !location.hash && places.some((key) => location.pathname.includes(`/${key.split(' ')[2]}/`)))
      void import('../place/resume.ts').catch(() => undefined);
    if (!begun && kept.length === places.length) return;
  } catch {
    return; // Storage may be forbidden: then nothing is kept.
  }
  try {
    const { putBack, showKept } = await import('../../island/kept/page.ts');
    if (begun) showKept();
    else putBack();
    begun = true;
  } catch (error) {
    explain('What you did here', error);
  }
}

void look();
addEventListener('storage', () => void look());
