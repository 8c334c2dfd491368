/** The styles of the playground that its page does not need before a reader acts. */
import styles from './playground.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);
