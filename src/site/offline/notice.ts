/** A quiet message at the lower edge of the page with a button; what the button cannot do, it says. */
import { make } from '../../island/make.ts';
import styles from './notice.css?inline';

/** `act` answers with words when nothing could be done. */
export function showNotice(words: string, action: string, act: () => Promise<string | undefined>): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets.push(sheet);
  const said = make('span', '');
  said.setAttribute('role', 'status');
  const button = (text: string, press: () => void): HTMLButtonElement => {
    const made = make('button', '', text);
    made.type = 'button';
    made.addEventListener('click', press);
    return made;
  };
  const notice = make(
    'section',
    'offline-notice',
    said,
    button(action, () => void act().then((answer) => (said.textContent = answer ?? said.textContent))),
    button('Later', () => {
      notice.remove();
    }),
  );
  notice.ariaLabel = 'New version';
  document.getElementById('main')?.prepend(notice);
  // After it stands in the page: only a change is spoken.
  said.textContent = words;
}
