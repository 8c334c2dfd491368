/** The styles of what stands under a cell's header while it runs. */
import styles from './strip.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);
